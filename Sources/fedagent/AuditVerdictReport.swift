import ArgumentParser
import AuditLog
import Foundation

/// What `fedagent audit verify` says of an intact log, and what that does not prove.
struct AuditVerdictReport: Encodable {
    let records: Int64
    let head: String
    let firstMilliseconds: Int64?
    let lastMilliseconds: Int64?
    let clockSetBackAt: [Int64]
    let comparedWithKnownHead: Bool

    init(_ verdict: AuditVerdict, _ leaves: [StoredAuditLeaf], known: AuditHead?) throws {
        records = verdict.head.size
        head = "\(verdict.head.size):\(verdict.head.hash)"
        firstMilliseconds = try leaves.first.map(Self.time)
        lastMilliseconds = try leaves.last.map(Self.time)
        clockSetBackAt = verdict.clockSetBack
        comparedWithKnownHead = known != nil
    }

    private static func time(of leaf: StoredAuditLeaf) throws -> Int64 {
        try AuditRecord(leaf: leaf.leaf).stamp.milliseconds
    }

    /// Reads `SIZE:HASH`.
    static func parse(_ text: String) throws -> AuditHead {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let size = Int64(parts[0]), size >= 0,
            parts[1].count == 64, parts[1].allSatisfy(\.isHexDigit)
        else { throw ValidationError("--known takes SIZE:HASH as `audit verify` prints it") }
        return AuditHead(size: size, hash: parts[1].lowercased())
    }

    var text: String {
        var lines = ["intact: \(records) records" + period]
        lines.append("head \(head)")
        if !clockSetBackAt.isEmpty {
            let places = clockSetBackAt.map(String.init).joined(separator: ", ")
            lines.append("the clock was set back before record \(places)")
        }
        lines.append(
            comparedWithKnownHead
                ? "continues the known head: nothing up to there was rewritten"
                : "not shown: a log rewritten as a whole (compare with --known)"
        )
        lines.append("not shown: acts that were never recorded")
        return lines.joined(separator: "\n")
    }

    private var period: String {
        guard let first = firstMilliseconds, let last = lastMilliseconds else { return "" }
        return ", \(Terminal.time(first)) to \(Terminal.time(last))"
    }
}
