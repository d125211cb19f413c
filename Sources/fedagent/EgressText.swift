import ArgumentParser
import Foundation
import SiteAgent

/// The ledger for people, spreadsheets and programs.
enum EgressText {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case csv
        case json
        case table
    }

    private static let columns = [
        "number", "time", "kind", "bytes", "sha256", "recipient", "plan", "approved-by",
        "approved-at",
    ]

    static func line(_ line: EgressLine) -> String { fields(line).joined(separator: "\t") }

    static func total(_ total: EgressTotal) -> String {
        "\(total.kind)\t\(total.messages) messages\t\(SiteStatus.bytes(total.bytes))"
    }

    static func page(_ line: EgressLine) -> String {
        zip(columns, fields(line)).map { name, value in
            name + String(repeating: " ", count: 13 - name.count) + value
        }.joined(separator: "\n")
    }

    static func file(_ lines: [EgressLine], as format: Format) throws -> Data {
        switch format {
        case .csv:
            let rows = [columns] + lines.map(fields)
            let text = rows.map { $0.map(quoted).joined(separator: ",") + "\r\n" }
            return Data(text.joined().utf8)
        case .json:
            return Data(try lines.map { try Terminal.json($0) }.joined())
        case .table:
            let totals = EgressTotal.byKind(lines).map(total)
            let text = [columns.joined(separator: "\t")] + lines.map(line) + [""] + totals
            return Data((text.joined(separator: "\n") + "\n").utf8)
        }
    }

    private static func fields(_ line: EgressLine) -> [String] {
        [
            "\(line.number)", Terminal.time(line.milliseconds), line.kind, "\(line.bytes)",
            line.sha256, line.recipient, line.plan ?? "-", line.approvedBy ?? "-",
            line.approvedMilliseconds.map(Terminal.time) ?? "-",
        ]
    }

    /// A field of RFC 4180: in quotes where it holds a comma, a quote or a line's end.
    private static func quoted(_ field: String) -> String {
        let isPlain = field.utf8.allSatisfy { ![0x22, 0x2C, 0x0A, 0x0D].contains($0) }
        return isPlain ? field : "\"\(field.replacing("\"", with: "\"\""))\""
    }
}
