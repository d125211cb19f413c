import DICOM
import SiteStore

/// What the pass over the files has gathered: rows, and in memory the identifiers to join on.
struct IntakePass {
    /// Files that are held back already, or wait; the others are among the instances.
    private(set) var held: [FileRow]
    /// Slices with a verified copy.
    private(set) var instances: [IntakeInstance] = []
    /// The headers of wanted images, held back or not.
    private(set) var headers: [DataSet] = []

    /// The verified copies of each study.
    private var copies: [String: [FileRow]] = [:]
    /// What was done to the series of each study.
    private var records: [String: [SeriesRecordRow]] = [:]

    /// Begins with files that were held back by their header.
    init(held: [FileRow]) { self.held = held }

    /// The number of files held back.
    var quarantined: Int { held.count { $0.state == .quarantined } }

    /// The verified copies of a study, and what was done to its series.
    func proof(ofStudy studyUID: String) -> (copies: [FileRow], series: [SeriesRecordRow]) {
        (copies[studyUID] ?? [], records[studyUID] ?? [])
    }

    /// Takes what became of the images of a series, one row for each.
    mutating func add(_ series: IntakeSeries, _ rows: [FileRow], _ record: SeriesRecordRow?) {
        for (member, row) in zip(series.members, rows) {
            headers.append(member.header.joined)
            if let instance = IntakeInstance(row, header: member.header) {
                instances.append(instance)
                copies[instance.studyUID, default: []].append(row)
            } else {
                held.append(row)
            }
        }
        if let record { records[series.studyUID, default: []].append(record) }
    }
}
