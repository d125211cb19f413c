import Deidentification
import SiteStore

/// The files of the source, looked at by their headers and put together by series.
struct IntakeScan {
    /// The files that are held back already.
    private(set) var held: [FileRow] = []
    /// Every series with a wanted image.
    private(set) var series: [IntakeSeries] = []
    /// The files whose state is another one than the database has.
    private(set) var changed: [FileRow] = []
    /// Names of files that are no longer there, ascending.
    let vanished: [String]

    static let duplicateReason = "duplicate-instance"

    /// Looks at files in their order; `choice` stands for what the site chose.
    init(_ files: [IntakeFile], known: Set<String>, reader: HeaderReader, choice: String) {
        vanished = known.subtracting(files.map(\.found.name)).sorted()
        var members: [IntakeSeries.Member] = []
        var first: [String: IntakeFile] = [:]
        for file in files {
            if let reason = file.exclusion {
                hold(file.found.quarantined(reason.code.rawValue, reason.detail), file)
                continue
            }
            switch reader.look(at: file.path, in: file.folder, file.found) {
            case .held(let row): hold(row, file)
            case .wanted(let header):
                let member = IntakeSeries.Member(file: file, header: header)
                if let twin = first[header.sopInstanceUID] {
                    hold(Self.duplicate(member.row, file, of: twin), file)
                } else {
                    first[header.sopInstanceUID] = file
                    members.append(member)
                }
            }
        }
        series = Dictionary(grouping: members, by: \.header.key).sorted { $0.key < $1.key }
            .compactMap { IntakeSeries($0.value, choice: choice) }
        changed += members.filter(\.file.isChanged).map(\.row)
    }

    private mutating func hold(_ row: FileRow, _ file: IntakeFile) {
        held.append(row)
        if file.known != row { changed.append(row) }
    }

    /// Two files of one slice: the first, by path, is kept.
    private static func duplicate(
        _ row: FileRow,
        _ file: IntakeFile,
        of twin: IntakeFile
    ) -> FileRow {
        let isSame = (try? file.bytes()) == (try? twin.bytes())
        return row.quarantined(
            duplicateReason,
            isSame
                ? "a copy of another file"
                : "another file has the same SOP Instance UID and other content"
        )
    }
}
