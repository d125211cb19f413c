package import ArgumentParser
import AuditLog
import AuditedDatabase
import Foundation

/// `audit verify`: the same in both programs.
package struct AuditVerifyCommand<Folder: AuditedFolder>: AsyncParsableCommand {
    /// Its name, help and example.
    package static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "verify",
            abstract: "Check a log offline and say on one page what it shows.",
            discussion: """
                With a BUNDLE (from `audit export`) nothing else is read: no folder, no network. \
                Without one, the log of this folder is checked where it lies.

                keys.txt holds a key a line (`audit keys`), of the log and of its witnesses; get it \
                another way than the bundle.

                  \(Folder.program) audit verify bundle --trust keys.txt --peer other-bundle

                Exit status: 0 good, 1 tampered, 2 incomplete, 3 unusable input.
                """
        )
    }

    @OptionGroup var folder: Folder
    @Argument(help: "The bundle to check.", completion: .file()) var bundle: String?
    @Option(help: "The trusted keys.", completion: .file()) var trust: String?
    @Option(
        help: "A checkpoint of this log that you kept (`audit checkpoint`); may be repeated.",
        completion: .file()
    )
    var seen: [String] = []
    @Option(
        help:
            "The bundle of another party, to compare what each saw of the other; may be repeated.",
        completion: .file()
    )
    var peer: [String] = []
    @OptionGroup var stamps: TimeStampOptions
    @Option(help: "How many witnesses must have cosigned the newest checkpoint.")
    var witnesses = 0

    /// Made by the parser.
    package init() {}

    /// Refuses options that do not go together.
    package func validate() throws {
        guard bundle == nil || trust != nil else {
            throw ValidationError("a bundle is checked with keys: name them with --trust")
        }
        guard bundle != nil || peer.isEmpty else {
            throw ValidationError("--peer compares with a bundle: export this log first")
        }
    }

    /// Does it.
    package func run() async throws {
        let verifier: BundleVerifier
        do {
            verifier = try self.verifier()
        } catch let error as ExitCode {
            throw error
        } catch {
            Output.say("\(Folder.program): error: \(error)")
            throw ExitCode(BundleVerdict.Outcome.unusable.rawValue)
        }
        var verdict = try await verdict(by: verifier)
        do {
            try stamps.apply(to: &verdict)
        } catch {
            Output.say("\(Folder.program): error: a time stamp cannot be read: \(error)")
            throw ExitCode(BundleVerdict.Outcome.unusable.rawValue)
        }
        if folder.json {
            try Output.json(VerdictDocument(verdict))
        } else {
            Output.data(Array(verdict.text.utf8))
        }
        guard verdict.outcome == .good else { throw ExitCode(verdict.outcome.rawValue) }
    }

    private func verdict(by verifier: BundleVerifier) async throws -> BundleVerdict {
        if let bundle {
            return verifier.verify(URL(filePath: bundle), peers: peer.map { URL(filePath: $0) })
        }
        do {
            return try await folder.auditedStore().verifyAudit(by: verifier)
        } catch {
            Output.say("\(Folder.program): error: the log cannot be read: \(error)")
            throw ExitCode(BundleVerdict.Outcome.unusable.rawValue)
        }
    }

    private func verifier() throws -> BundleVerifier {
        let trusted = try trust.map { path in
            try TrustedKeys(parsing: String(decoding: try Self.read(path), as: UTF8.self))
        }
        return BundleVerifier(
            trust: try trusted ?? TrustedKeys(try folder.keys()),
            seen: try seen.map { try SignedNote(parsing: [UInt8](try Self.read($0))) },
            witnessesMin: witnesses
        )
    }

    private static func read(_ path: String) throws -> Data {
        do {
            return try Data(contentsOf: URL(filePath: path))
        } catch {
            throw AuditLogError(.fileAccess, field: path)
        }
    }
}
