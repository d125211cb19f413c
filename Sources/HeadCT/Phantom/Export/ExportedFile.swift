/// A file of the export and where it goes, relative to the hospital's folder.
struct ExportedFile: Sendable, Hashable {
    let path: String
    let bytes: [UInt8]
}
