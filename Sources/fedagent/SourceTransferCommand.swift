import ArgumentParser
import DICOMNetworking
import Foundation
import Logging
import ServiceLifecycle
import SiteAgent
import SiteStore
import UnixSignals

extension SourceCommand {
    /// The absolute form of a path.
    static func absolute(_ path: String) -> String {
        URL(filePath: path).standardizedFileURL.path
    }

    /// `fedagent source list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Every source, what it is to bring, and what it brought."
        )

        @OptionGroup var options: SiteOptions

        func run() async throws {
            try await reporting {
                let status = try await SourceStatus(of: options.folder, try options.store())
                let lines = status.lines { Terminal.time($0) }.map { label, text in
                    label.padding(toLength: 10, withPad: " ", startingAt: 0) + text
                }
                try options.show(
                    status,
                    as: lines.isEmpty
                        ? "no source yet: `fedagent source add --help`"
                        : lines.joined(separator: "\n")
                )
            }
        }
    }

    /// `fedagent source remove`.
    struct Remove: AsyncParsableCommand {
        /// What can be removed.
        enum Kind: String, ExpressibleByArgument, CaseIterable {
            case dicomweb
            case receiver
        }

        static let configuration = CommandConfiguration(
            abstract: "Forget a source; what it brought stays."
        )

        @OptionGroup var options: SiteOptions
        @Argument(help: "dicomweb or receiver.")
        var kind: Kind

        func run() async throws {
            try await reporting {
                try await SourceCommand.change(options) { source in
                    switch kind {
                    case .dicomweb: source.dicomweb = nil
                    case .receiver: source.receiver = nil
                    }
                }
                Terminal.say("removed \(kind.rawValue)")
            }
        }
    }

    /// `fedagent source pull`.
    struct Pull: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Fetch from the PACS what is not here yet, into the inbox.",
            discussion: """
                An interrupted pull goes on when it is run again. Every request is counted in the
                audit log by kind and host, never with what was asked.
                """
        )

        @OptionGroup var options: SiteOptions
        @Flag(help: "Only count what matches, by description.")
        var dryRun = false
        @Flag(help: "Fetch also what was fetched before.")
        var again = false

        func run() async throws {
            try await reporting {
                let printer = EventPrinter(json: options.json)
                let pull = try PACSPull(
                    folder: options.folder,
                    store: try options.store(),
                    report: { printer($0) }
                )
                if dryRun { return try show(try await pull.survey()) }
                let progress = try await pull.run(isAgain: again)
                try options.show(
                    progress,
                    as: "\(progress.studies) studies, \(progress.series) series:"
                        + " \(progress.fetched) instances fetched"
                        + " (\(SiteStatus.bytes(progress.bytes))), \(progress.known) known before"
                )
            }
        }

        private func show(_ survey: PullSurvey) throws {
            let lines = survey.lines.map {
                "\($0.studies)\t\($0.instances)\t\($0.description)"
            }
            let total = "\(survey.studies)\t\(survey.instances)\tin all"
            let heading = "studies\timages\tdescription"
            try options.show(survey, as: ([heading] + lines + [total]).joined(separator: "\n"))
        }
    }

    /// `fedagent source receive`.
    struct Receive: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take images that are sent, until stopped (SIGTERM, Ctrl-C)."
        )

        @OptionGroup var options: SiteOptions

        func run() async throws {
            try await reporting {
                let printer = EventPrinter(json: options.json)
                let receiver = try ReceiverService(
                    folder: options.folder,
                    store: try options.store(),
                    emit: { printer($0) }
                )
                guard let receiver else {
                    throw AgentError(
                        .badConfiguration,
                        "this site has no receiver",
                        hint: "`fedagent source add receiver --peer TITLE@ADDRESS` makes one"
                    )
                }
                try await ServiceGroup(
                    configuration: .init(
                        services: [.init(service: receiver)],
                        gracefulShutdownSignals: [.sigterm, .sigint],
                        logger: Logger(label: "fedagent") { _ in SwiftLogNoOpLogHandler() }
                    )
                ).run()
            }
        }
    }
}
