import CanonicalJSON
import Foundation

/// Data on stdout, talk on stderr; a closed pipe is the reader's choice, not an error of ours.
enum Output {
    static func data(_ bytes: [UInt8]) {
        try? FileHandle.standardOutput.write(contentsOf: Data(bytes))
    }

    static func line(_ text: String) { data(Array("\(text)\n".utf8)) }

    static func json(_ value: some Encodable) throws {
        data(try CanonicalEncoder().encode(value) + [UInt8(ascii: "\n")])
    }

    static func say(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data("\(text)\n".utf8))
    }
}
