import SiteStore

/// A file of the source beside what is known of it.
struct IntakeFile: Sendable {
    /// The folder it lies in.
    let folder: HospitalFolder
    /// The path below the folder.
    let path: String
    /// The row of a file that was found and not looked at yet.
    let found: FileRow
    /// The row of the intake before, if there is one.
    let known: FileRow?
    /// Whether it may still be written to.
    let isMoving: Bool

    /// Whether it is new, or another one than the intake before saw, or decided by other rules.
    var isChanged: Bool {
        known?.fingerprint != found.fingerprint || known?.tool != found.tool
            || known?.profileDigest != found.profileDigest
    }

    /// The bytes.
    func bytes() throws -> [UInt8] { try folder.bytes(path) }
}
