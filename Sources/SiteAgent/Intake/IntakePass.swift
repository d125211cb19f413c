import DICOM
import SiteStore

/// What the pass over the files has gathered: rows, and in memory the identifiers to join on.
struct IntakePass {
    /// Files that are held back already; the others are among the instances.
    private(set) var held: [FileRow] = []
    /// Slices with a verified copy.
    private(set) var instances: [IntakeInstance] = []
    /// The headers of wanted images, held back or not.
    private(set) var headers: [DataSet] = []

    /// The digests of the copies, by new SOP Instance UID.
    private(set) var copies: [String: String] = [:]

    /// The number of files held back.
    var quarantined: Int { held.count }

    /// Takes what became of the next file and returns its row.
    mutating func add(_ outcome: InstanceReader.Outcome) -> FileRow {
        if let header = outcome.header { headers.append(header) }
        guard let header = outcome.header,
            let instance = IntakeInstance(
                outcome.row,
                originalStudyUID: header.string(.studyInstanceUID) ?? "",
                originalSOPInstanceUID: header.string(.sopInstanceUID) ?? ""
            )
        else {
            let row =
                outcome.row.state == .quarantined
                ? outcome.row : outcome.row.foundAgain.quarantined("unreadable-file")
            held.append(row)
            return row
        }
        copies[instance.sopInstanceUID] = instance.sha256
        instances.append(instance)
        return outcome.row
    }
}
