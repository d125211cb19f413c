import AuditLog

/// One audit record as one line for people.
struct AuditLine {
    private let record: AuditRecord

    init(_ record: AuditRecord) { self.record = record }

    var text: String {
        let entry = record.entry
        var columns = [
            "\(record.sequence)", CivilTime.text(milliseconds: record.stamp.milliseconds),
            entry.act.rawValue, "\(entry.actor.kind.rawValue):\(entry.actor.id)",
            entry.object.map { "\($0.kind):\($0.id)" } ?? "-",
        ]
        if entry.outcome != .success { columns.append("failed") }
        columns += [
            entry.reason, entry.new, entry.count.map { "n=\($0)" },
            entry.object?.sha256.map { "sha256=\($0.prefix(12))" },
        ].compactMap { $0 }
        return columns.joined(separator: "\t")
    }
}
