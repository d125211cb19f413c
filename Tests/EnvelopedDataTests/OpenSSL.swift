import Foundation
import Subprocess

/// The `openssl` command.
enum OpenSSL {
    struct Failure: Error {
        let words: String
    }

    /// Runs it and gives its output.
    static func run(_ arguments: [String]) async throws -> [UInt8] {
        let result = try await Subprocess.run(
            .name("openssl"),
            arguments: Arguments(arguments),
            output: .bytes(limit: 1 << 20),
            error: .string(limit: 1 << 16)
        )
        guard result.terminationStatus.isSuccess else {
            throw Failure(words: result.standardError)
        }
        return result.standardOutput
    }
}
