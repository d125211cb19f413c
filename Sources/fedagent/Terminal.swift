import CanonicalJSON
import Foundation
import SiteAgent

/// Data on stdout, talk on stderr.
enum Terminal {
    static func fail(_ message: String, hint: String?) {
        write("fedagent: error: \(message)\n", to: .standardError)
        if let hint { write("hint: \(hint)\n", to: .standardError) }
    }

    static func say(_ line: String) { write(line + "\n", to: .standardError) }

    static func show(_ text: String) { write(text + "\n", to: .standardOutput) }

    static func printJSON(_ value: some Encodable) throws {
        write(
            String(decoding: try CanonicalEncoder().encode(value), as: UTF8.self) + "\n",
            to: .standardOutput
        )
    }

    /// A moment in UTC, such as `2026-11-23T12:46:32Z`.
    static func time(_ milliseconds: Int64) -> String {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000).formatted(.iso8601)
    }

    /// A value as canonical JSON with a line's end.
    static func json(_ value: some Encodable) throws -> Data {
        Data(try CanonicalEncoder().encode(value) + [0x0A])
    }

    private static func write(_ text: String, to handle: FileHandle) {
        // A closed pipe is the reader's choice, not an error of ours.
        try? handle.write(contentsOf: Data(text.utf8))
    }
}
