import ArgumentParser
import CoordinatorServer
import Evaluation
import Foundation

/// `fedcoordinator backup`.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the folder, checked, while it is served.",
        discussion: """
            The keys are sealed under a passphrase, or left out; then keep a copy of audit-key, \
            ca/issuing-key.pem and tls/server.pem elsewhere: without them every site enrols again.
            """
    )

    @OptionGroup var options: CoordinatorOptions
    @Argument(help: "A new folder for the backup.", completion: .directory) var target: String
    @Option(help: "A file with a passphrase of 12 characters or more, which seals the keys.")
    var passphraseFile: String?
    @Flag(help: "Leave the keys out.") var withoutKeys = false

    func validate() throws {
        guard (passphraseFile == nil) == withoutKeys else {
            throw ValidationError("seal the keys with --passphrase-file, or say --without-keys")
        }
    }

    func run() async throws {
        try await reporting {
            _ = try options.operation()
            let url = URL(filePath: target, directoryHint: .isDirectory)
            let manifest = try await CoordinatorBackup(of: options.folder).make(
                in: url,
                passphrase: try passphraseFile.map(RootOptions.firstLine(of:))
            )
            if options.json { return try printJSON(manifest) }
            let bytes = manifest.files.reduce(0) { $0 + $1.bytes }
            say(
                "\(manifest.files.count) files, \(FigureText.bytes(bytes)), in \(url.path); "
                    + "audit log of \(manifest.auditRecords) records"
            )
        }
    }
}

/// `fedcoordinator restore`.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Make a coordinator's folder of a backup, after checking every byte.",
        discussion: """
            What happened after the backup is lost, and the sites know more than the restored audit \
            log: they refuse it as an older history until each site's admin, told by you, runs \
            `fedagent audit forget coordinator --yes`.
            """
    )

    @OptionGroup var options: CoordinatorOptions
    @Argument(help: "The backup's folder.", completion: .directory) var backup: String
    @Option(help: "A file with the passphrase of the backup's keys.") var passphraseFile: String?
    @Option(help: "A folder with the keys, for a backup without.", completion: .directory)
    var keys: String?

    func run() async throws {
        try await reporting {
            let url = URL(filePath: backup, directoryHint: .isDirectory)
            let manifest = try await CoordinatorRestore(from: url).make(
                options.folder,
                passphrase: try passphraseFile.map(RootOptions.firstLine(of:)),
                keys: keys.map { URL(filePath: $0, directoryHint: .isDirectory) }
            )
            if options.json { return try printJSON(manifest) }
            let made = Date(timeIntervalSince1970: Double(manifest.madeMilliseconds) / 1000)
            say(
                "restored \(options.directory) as it was at \(made.formatted(.iso8601)); "
                    + "its audit log has \(manifest.auditRecords) records"
            )
            say(
                """
                what happened since then is lost here, and the sites know it: each stops with \
                `older-history` until its admin has heard from you why, and has run
                  fedagent audit forget coordinator --yes
                Contributions that this copy does not know are asked for again. Tell the sites before you \
                serve; \
                `fedcoordinator audit witnesses` then shows whom this copy still disagrees with.
                """
            )
        }
    }
}
