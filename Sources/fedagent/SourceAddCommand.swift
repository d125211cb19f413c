import ArgumentParser
import Foundation
import SiteAgent
import SiteStore

extension SourceCommand {
    /// `fedagent source add`.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Name a further source of images; one of its kind takes its place.",
            subcommands: [DICOMWeb.self, Receiver.self, Folder.self]
        )
    }

    /// Changes the profile of a site and records that.
    static func change(
        _ options: SiteOptions,
        _ body: (inout SiteProfile.Source) throws -> Void
    ) async throws {
        let store = try options.store()
        var profile = try SiteProfile.read(from: options.folder.profile)
        try body(&profile.source)
        try profile.write(to: options.folder)
        try await store.noteProfile(sha256: try SiteProfile.digest(in: options.folder))
    }
}

extension SourceCommand.Add {
    /// `fedagent source add folder`.
    struct Folder: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "folder",
            abstract: "Name the folder that the hospital exports DICOM files to."
        )

        @OptionGroup var options: SiteOptions
        @Argument(help: "The folder.", completion: .directory)
        var path: String

        func run() async throws {
            try await reporting {
                let folder = SourceCommand.absolute(path)
                try await SourceCommand.change(options) { source in
                    guard source.kind != .simulated else {
                        throw AgentError(.badConfiguration, "this site is a simulated hospital")
                    }
                    source.kind = .folder
                    source.path = folder
                }
                Terminal.say("added \(folder)")
            }
        }
    }
}
