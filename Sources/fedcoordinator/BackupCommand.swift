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
            The copy holds the coordinator's keys: keep it as safe as the folder itself.
            """
    )

    @OptionGroup var options: CoordinatorOptions
    @Argument(help: "A new folder for the backup.", completion: .directory) var target: String

    func run() async throws {
        try await reporting {
            _ = try options.operation()
            let url = URL(filePath: target, directoryHint: .isDirectory)
            let manifest = try await CoordinatorBackup(of: options.folder).make(in: url)
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

    func run() async throws {
        try await reporting {
            let url = URL(filePath: backup, directoryHint: .isDirectory)
            let manifest = try await CoordinatorRestore(from: url).make(options.folder)
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
