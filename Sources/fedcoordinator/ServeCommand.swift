import UnixSignals
import ArgumentParser
import CoordinatorServer
import Logging
import ServiceLifecycle

/// `fedcoordinator serve`.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve sites and drive runs until stopped."
    )

    @OptionGroup var options: CoordinatorOptions
    @Option(help: "What is logged: trace, debug, info, notice, warning, error or critical.")
    var logLevel = "notice"

    func run() async throws {
        try await reporting {
            var logger = Logger(
                label: "fedcoordinator",
                factory: { StreamLogHandler.standardError(label: $0) }
            )
            logger.logLevel = Logger.Level(rawValue: logLevel) ?? .notice
            let service = try CoordinatorService(
                folder: options.folder,
                softwareVersion: Version.text,
                logger: logger
            )
            try await ServiceGroup(
                configuration: .init(
                    services: try await service.services().map { .init(service: $0) },
                    gracefulShutdownSignals: [.sigterm, .sigint],
                    logger: logger
                )
            ).run()
        }
    }
}
