package import ArgumentParser
import AuditLog
import AuditedDatabase
import Foundation

/// `audit rotate-key`: the same in both programs.
package struct AuditRotateKeyCommand<Folder: AuditedFolder>: AsyncParsableCommand {
    /// Its name, help and example.
    package static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "rotate-key",
            abstract: "Sign the log with a new key, and with the old one until it is retired.",
            discussion: """
                The other party takes the new key on the word of the old one. When `audit retire-key` \
                says that everybody has, it takes the old one away; keep the old public key for those who \
                verify older bundles with it.
                """
        )
    }

    @OptionGroup var folder: Folder

    /// Made by the parser.
    package init() {}

    /// Does it.
    package func run() async throws {
        try await Folder.reporting {
            try folder.whileNotServed { file in
                let secret = try AuditSecret(contentsOf: file)
                guard try secret.formerLogSigner(named: "log") == nil else { return }
                try folder.replaceAuditKey(secret.rotated())
            }
            try await folder.auditedStore().recordKeyRotation(by: Folder.actor)
            Output.say("the log is signed with a new key, and with the old one until it is retired")
            for key in try folder.keys().prefix(1) { Output.line(key.description) }
        }
    }
}

/// `audit retire-key`: the same in both programs.
package struct AuditRetireKeyCommand<Folder: AuditedFolder>: AsyncParsableCommand {
    /// Its name, help and example.
    package static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "retire-key",
            abstract: "Take the log's key before away, once nobody goes by it alone."
        )
    }

    @OptionGroup var folder: Folder
    @Flag(help: "Even if witnesses have not seen the new key: they must `audit forget` then.")
    var leaveBehind = false

    /// Made by the parser.
    package init() {}

    /// Does it.
    package func run() async throws {
        try await Folder.reporting {
            let store = try folder.auditedStore()
            guard let former = store.database.formerSigner?.key else {
                Output.say("\(Folder.program): error: no former key signs")
                throw ExitCode.failure
            }
            let behind = try await behind(store)
            guard behind.isEmpty || leaveBehind else {
                Output.say(
                    "\(Folder.program): error: not seen with the new key yet:"
                        + " \(behind.joined(separator: ", "))"
                )
                Output.say("hint: they see it with their next exchange; or --leave-behind")
                throw ExitCode(75)
            }
            try folder.whileNotServed { file in
                try folder.replaceAuditKey(try AuditSecret(contentsOf: file).retired())
            }
            try await store.recordKeyRetirement(of: former, by: Folder.actor)
            Output.say("the former key is gone; it signed until here")
        }
    }

    /// The parties that have cosigned nothing since the rotation.
    private func behind(_ store: Folder.Store) async throws -> [String] {
        let records = try await store.auditRecords()
        guard let rotation = records.last(where: { $0.entry.act == .keyRotate }) else { return [] }
        return try await store.witnessedParties()
            .filter { $0.logKey != nil && $0.cosigned <= rotation.sequence }.map(\.party)
    }
}
