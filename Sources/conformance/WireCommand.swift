import ArgumentParser
import Foundation
import WireProtocol

/// `conformance wire DIR`.
struct WireCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wire",
        abstract: "Run the vectors of Protocol.md's messages.",
        discussion: """
            DIR/messages holds one body a file, named <message>.<request|response>[.<which>].json, that \
            has to be read and written again to the same bytes; DIR/refused holds bodies that have to be \
            refused. The last line counts: N passed, N failed.

            EXAMPLE
              conformance wire Tests/WireProtocolTests/Vectors
            """
    )

    @Argument(help: "The folder with messages/ and refused/.", completion: .directory)
    var directory: String

    func run() throws {
        let root = URL(filePath: directory, directoryHint: .isDirectory)
        let results =
            try check(root, "messages", Self.isKept)
            + check(root, "refused") { form, bytes in
                (try? form.rewrite(bytes)) == nil ? nil : "was read"
            }
        let failed = results.count { $0.problem != nil }
        for result in results {
            print(result.problem.map { "fail  \(result.name)  \($0)" } ?? "pass  \(result.name)")
        }
        print("\(results.count - failed) passed, \(failed) failed")
        if failed > 0 { throw ExitCode(1) }
    }

    private static func isKept(_ form: MessageForm, _ bytes: [UInt8]) -> String? {
        do {
            return try form.rewrite(bytes) == bytes ? nil : "is written with other bytes"
        } catch {
            return "cannot be read: \(error)"
        }
    }

    private func check(
        _ root: URL,
        _ folder: String,
        _ problem: (MessageForm, [UInt8]) -> String?
    ) throws -> [(name: String, problem: String?)] {
        let place = root.appending(path: folder)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
        guard !names.isEmpty else {
            FileHandle.standardError.write(
                Data("conformance: error: \(place.path) holds no vectors\n".utf8)
            )
            throw ExitCode(66)
        }
        return try names.sorted().filter { $0.hasSuffix(".json") }.map { name in
            var bytes = [UInt8](try Data(contentsOf: place.appending(path: name)))
            if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
            guard let form = MessageForm.named(name) else {
                return ("\(folder)/\(name)", "is of no message")
            }
            return ("\(folder)/\(name)", problem(form, bytes))
        }
    }
}
