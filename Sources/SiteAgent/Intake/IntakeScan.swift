import SiteStore

/// The files of the folder beside what is known of them: what is to be read, what only looked at.
struct IntakeScan {
    /// A file of the folder.
    struct Item {
        let path: String
        let row: FileRow
        let isChanged: Bool
    }

    /// Every file, ascending by path.
    let items: [Item]
    /// Names of files that are no longer there, ascending.
    let vanished: [String]

    /// The files that are new, changed, or to be decided again.
    var changed: [FileRow] { items.filter(\.isChanged).map(\.row) }

    init(
        files: [HospitalFolder.File],
        known: [String: FileRow],
        method: String,
        names: QuarantineNames,
        hasCopy: (FileRow) -> Bool
    ) {
        var rest = Set(known.keys)
        items = files.map { file in
            let name = names.name(of: file.path)
            rest.remove(name)
            if let row = known[name], row.fingerprint == file.fingerprint, row.method == method,
                row.isVerified ? hasCopy(row) : Self.isFinal(row)
            {
                return Item(path: file.path, row: row, isChanged: false)
            }
            let found = FileRow(name: name, fingerprint: file.fingerprint, method: method)
            return Item(path: file.path, row: found, isChanged: true)
        }
        vanished = rest.sorted()
    }

    /// A duplicate is none once its twin is gone, and a disk that failed may be well again.
    private static func isFinal(_ row: FileRow) -> Bool {
        row.state == .quarantined && row.reason != InstanceReader.duplicateReason
            && row.reason != "unreadable-file"
    }
}
