import Deidentification
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
    /// Why it is not read; nil for a file.
    let exclusion: QuarantineReason?
    /// Whether it may still be written to.
    let isMoving: Bool

    /// Whether it is new, or another one than the intake before saw.
    var isChanged: Bool { known?.fingerprint != found.fingerprint }

    /// The bytes.
    func bytes() throws -> [UInt8] { try folder.bytes(path) }
}
