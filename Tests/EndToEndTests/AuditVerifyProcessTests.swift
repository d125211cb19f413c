import Foundation
import Subprocess
import Testing

extension EndToEndTests {
    /// `audit verify` of both programs as an auditor runs it: each tampering is named, each end has its status.
    @Suite struct AuditVerifyProcessTests {
        private let folder = TemporaryFolder.new()

        /// A coordinator with some history, its bundle as lines, and the keys an auditor got another way.
        private struct Log {
            let bundle: URL
            let keys: URL
            let seen: URL
        }

        private func file(_ name: String) -> URL { folder.appending(path: name) }

        @discardableResult
        private func coordinator(_ verb: [String], in name: String = "coordinator") async throws
            -> String
        {
            let outcome = try await Command(
                program: "fedcoordinator",
                arguments: verb + ["--directory", file(name).path]
            ).run()
            guard outcome.status.isSuccess else {
                throw ProcessFailure("\(verb) ended badly:\n\(outcome.words)")
            }
            return outcome.output
        }

        private func history() async throws -> Log {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let secret = file("passphrase")
            try Data("a test's passphrase\n".utf8).write(to: secret)
            let root = ["--root", file("root").path, "--passphrase-file", secret.path]
            let made = try await Command(
                program: "fedcoordinator",
                arguments: ["ca", "init", "--federation", "audited"] + root
            ).run()
            #expect(made.status.isSuccess, "\(made.words)")
            try await coordinator(
                ["init", "--federation", "audited", "--host", "127.0.0.1"] + root
            )
            for site in ["a", "b", "c", "d"] { try await coordinator(["site", "invite", site]) }
            let log = Log(bundle: file("bundle"), keys: file("keys"), seen: file("seen"))
            // A copy of the folder that goes on by itself is a second history of the same log.
            try FileManager.default.copyItem(at: file("coordinator"), to: file("fork"))
            for site in ["e", "f", "g"] { try await coordinator(["site", "invite", site]) }
            try await coordinator(["audit", "export", log.bundle.path])
            for site in ["x", "y", "z"] {
                try await coordinator(["site", "invite", site], in: "fork")
            }
            try await coordinator(["audit", "export", file("fork.bundle").path], in: "fork")
            let seen = try await coordinator(["audit", "checkpoint"], in: "fork")
            try Data(seen.utf8).write(to: log.seen)
            let keys = try await coordinator(["audit", "keys"])
            try Data(keys.utf8).write(to: log.keys)
            return log
        }

        /// The lines of a bundle, apart from its records.
        private static func parts(_ bundle: URL) throws -> (head: [Substring], records: [Substring])
        {
            let text = try String(contentsOf: bundle, encoding: .utf8)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            let first = try #require(lines.firstIndex { $0.hasPrefix("{") })
            return (Array(lines[..<first]), Array(lines[first...]))
        }

        private func write(_ head: [Substring], _ records: [Substring]) throws -> URL {
            let url = file("changed-\(UUID())")
            let text = (head + records).joined(separator: "\n") + "\n"
            try Data(text.utf8).write(to: url)
            return url
        }

        @Test func `each tampering is named by both programs, and each end has its status`()
            async throws
        {
            defer { try? FileManager.default.removeItem(at: folder) }
            let log = try await history()
            let (head, records) = try Self.parts(log.bundle)
            var flipped = records
            flipped[2] = Substring(flipped[2].replacing("\"id\":\"c\"", with: "\"id\":\"d\""))
            #expect(flipped[2] != records[2])
            var swapped = records
            swapped.swapAt(1, 2)
            var doubled = records
            doubled.insert(records[2], at: 3)
            let place = try #require(head.lastIndex { $0.count == 44 && $0.hasSuffix("=") })
            var replaced = head
            replaced[place] = Substring(Data(repeating: 7, count: 32).base64EncodedString())
            let untouched = log.bundle
            let table: [(String, URL, [String], Int32, String)] = [
                ("untouched", untouched, [], 0, "GOOD"),
                ("flipped bit", try write(head, flipped), [], 1, "altered: record 2"),
                ("deleted tail", try write(head, records.dropLast(2)), [], 1, "missing-tail:"),
                ("reordered pair", try write(head, swapped), [], 1, "reordered: record 1"),
                ("duplicated number", try write(head, doubled), [], 1, "duplicated: record 2"),
                ("replaced root", try write(replaced, records), [], 1, "replaced-root:"),
                ("forked view", untouched, ["--seen", log.seen.path], 1, "forked:"),
                ("no witness", untouched, ["--witnesses", "1"], 2, "0 witnesses cosigned"),
                ("no checkpoint", try write([head[0]], records), [], 2, "no checkpoint is signed"),
                ("no bundle", log.keys, [], 3, "cannot be read"),
            ]
            for (name, bundle, options, status, words) in table {
                for program in ["fedcoordinator", "fedagent"] {
                    let outcome = try await Command(
                        program: program,
                        arguments: ["audit", "verify", bundle.path, "--trust", log.keys.path]
                            + options
                    ).run()
                    let ended = "\(outcome.status)"
                    #expect(ended.contains("\(status)"), "\(program) \(name): \(ended)")
                    #expect(outcome.output.contains(words), "\(program) \(name): \(outcome.output)")
                    guard status < 3 else { continue }
                    #expect(outcome.output.contains("What this cannot show: acts that were never"))
                }
            }
        }
    }
}
