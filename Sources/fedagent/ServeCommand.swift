import ArgumentParser
import Logging
import ServiceLifecycle
import SiteAgent
import UnixSignals

/// `fedagent serve`.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Work for the federation until stopped (SIGTERM, Ctrl-C)."
    )

    @OptionGroup var options: SiteOptions
    @Option(
        help: """
            Seconds of silence after which a connection is given up; less than your proxy's idle limit.
            """
    )
    var silenceLimit = Patience.standard.silenceSeconds

    func validate() throws {
        guard (2...600).contains(silenceLimit) else {
            throw ValidationError("--silence-limit is 2 to 600 seconds")
        }
    }

    func run() async throws {
        try await reporting {
            let store = try options.store()
            var logger = Logger(
                label: "fedagent",
                factory: { StreamLogHandler.standardError(label: $0) }
            )
            logger.logLevel = .notice
            let printer = EventPrinter(json: options.json)
            let service = AgentService(
                folder: options.folder,
                softwareVersion: Version.text,
                decoder: try PixelDecoding.confined(),
                logger: logger,
                patience: Patience(silenceSeconds: silenceLimit),
                emit: { printer($0) }
            )
            let receiver = try ReceiverService(folder: options.folder, store: store) {
                printer($0)
            }
            try await ServiceGroup(
                configuration: .init(
                    services: [service] + (receiver.map { [$0] } ?? []),
                    gracefulShutdownSignals: [.sigterm, .sigint],
                    logger: logger
                )
            ).run()
        }
    }
}
