import Foundation
import TestSupport

/// Protocol.md, read as tables.
enum ProtocolDocument {
    /// The rows of every table whose first cell is not a rule, as cells without backticks.
    static func rows() throws -> [[String]] {
        let text = try String(
            contentsOf: SharedData.repository.appending(path: "Protocol.md"),
            encoding: .utf8
        )
        return text.split(separator: "\n").filter { $0.hasPrefix("| ") }.map { line in
            line.dropFirst(2).dropLast(2).components(separatedBy: " | ").map {
                $0.replacingOccurrences(of: "`", with: "")
                    .trimmingCharacters(in: .whitespaces)
            }
        }
    }
}
