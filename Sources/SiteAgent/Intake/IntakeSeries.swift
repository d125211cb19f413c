import Deidentification
import Federation
import SiteStore

/// Wanted images that are de-identified together, as the cut of a face depends on all of them.
struct IntakeSeries: Sendable {
    /// An image of the series.
    struct Member: Sendable {
        let file: IntakeFile
        let header: FileHeader

        /// The row of the image before its copy is made.
        var row: FileRow {
            var row = file.found
            row.belong(to: header.identity)
            row.state = .read
            return row
        }
    }

    /// The new Series Instance UID; the least of them where tiny series are taken together.
    let uid: String
    /// The new Study Instance UID.
    let studyUID: String
    /// The images, ascending by path.
    let members: [Member]
    /// The digest of what goes into the series: files by name, size and time, and what the site chose.
    ///
    /// Program and rules are not in it: a newer program leaves alone what another one has verified.
    let inputs: String

    /// `choice` stands for what the site chose about de-identification.
    init?(_ members: [Member], choice: String) {
        guard let first = members.first else { return nil }
        self.members = members
        uid = members.map(\.header.identity.seriesInstanceUID).min() ?? ""
        studyUID = first.header.identity.studyInstanceUID
        let lines = members.map(\.file.found).map { "\($0.name) \($0.fingerprint)" }.sorted()
        inputs =
            SHA256Digest(hashing: Array(([choice] + lines).joined(separator: "\n").utf8)).rawValue
    }

    /// Whether a file of it may still be written to, so that the series has to wait.
    var isMoving: Bool { members.contains(where: \.file.isMoving) }

    /// The rows of the intake before; nil if there is not one for each image.
    var knownRows: [FileRow]? {
        let rows = members.compactMap(\.file.known)
        return rows.count == members.count ? rows : nil
    }

    /// The rows of the copies that the intakes before made.
    var knownCopies: [FileRow] { members.compactMap(\.file.known).filter(\.isVerified) }

    /// The rows while it waits: copies of the intake before stay until it is done anew.
    var waitingRows: [FileRow] {
        members.map { member in
            if let known = member.file.known, known.isVerified {
                var row = known
                (row.state, row.reason, row.detail) = (.verified, nil, Self.waiting)
                return row
            }
            var row = member.row
            row.detail = Self.waiting
            return row
        }
    }

    private static let waiting = "files of the series are still being written"
}
