package import ArgumentParser
import AuditLog
import AuditedDatabase
import Foundation
import TimeStamping

/// `audit timestamp`: the same in both programs.
package struct AuditTimestampCommand<Folder: AuditedFolder>: AsyncParsableCommand {
    /// Its name, help and example.
    package static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "timestamp",
            abstract: "Write a request for a time stamp (RFC 3161) of the log as it is.",
            discussion: """
                The request holds a hash and nothing else. Send it to an authority of your choice, and keep \
                the answer beside the bundles of this log:

                  \(Folder.program) audit timestamp log.tsq
                  curl -H 'Content-Type: application/timestamp-query' --data-binary @log.tsq URL > log.tsr
                  \(Folder.program) audit verify log.bundle --trust keys.txt --timestamp log.tsr --tsa ca.pem
                """
        )
    }

    @OptionGroup var folder: Folder
    @Argument(help: "The file to write.", completion: .file()) var file: String

    /// Made by the parser.
    package init() {}

    /// Does it.
    package func run() async throws {
        try await Folder.reporting {
            let store = try folder.auditedStore()
            try await store.signAudit()
            guard let note = try await store.newestCheckpoint() else {
                Output.say("the log is empty")
                throw ExitCode.failure
            }
            let request = TimeStamp.request(
                forSHA256: note.textSHA256,
                nonce: UInt64.random(in: 1...UInt64(Int64.max))
            )
            guard !request.isEmpty else {
                Output.say("\(Folder.program): error: OpenSSL could not make the request")
                throw ExitCode.failure
            }
            try Data(request).write(to: URL(filePath: file), options: .atomic)
            let size = try Checkpoint(parsing: note.text).size
            Output.say("\(file) asks for a time stamp of the first \(size) records")
        }
    }
}

/// Time stamps that come with a bundle, and whom to believe.
struct TimeStampOptions: ParsableArguments {
    @Option(
        help: "An authority's answer to `audit timestamp`; may be repeated.",
        completion: .file()
    )
    var timestamp: [String] = []
    @Option(help: "The certificates the authority must chain to (PEM).", completion: .file())
    var tsa: String?

    func validate() throws {
        guard timestamp.isEmpty == (tsa == nil) else {
            throw ValidationError("--timestamp and --tsa go together")
        }
    }

    /// Adds to a verdict what the stamps prove: the time by which the log had so many records.
    func apply(to verdict: inout BundleVerdict) throws {
        guard let tsa, verdict.outcome != .unusable else { return }
        for path in timestamp {
            let response = [UInt8](try Data(contentsOf: URL(filePath: path)))
            var best: BundleVerdict.Stamp?
            var refusal = TimeStamp.Refusal.notValid
            for checkpoint in verdict.checkpoints {
                do throws(TimeStamp.Refusal) {
                    let time = try TimeStamp.time(
                        of: response,
                        overSHA256: checkpoint.textSHA256,
                        roots: tsa
                    )
                    best = BundleVerdict.Stamp(size: checkpoint.size, seconds: time)
                } catch {
                    refusal = error
                }
            }
            if let best {
                verdict.stamps.append(best)
            } else {
                verdict.addRemark(
                    "\(path) stamps no checkpoint of this bundle (\(refusal.rawValue))"
                )
            }
        }
    }
}
