import ArgumentParser
import Durability
import Foundation
import Logging
import ServiceLifecycle
import SiteAgent
import UnixSignals

/// An agent of the matrix: the service of `fedagent serve`, armed, with a checkpoint every step.
struct AgentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agent",
        abstract: "An agent of the matrix.",
        shouldDisplay: false
    )

    @Argument(help: "The site's folder.") var folder: String
    @OptionGroup var crash: CrashOptions

    func run() async throws {
        Lifeline.hold()
        try crash.arm()
        let logger = PartyLogger.logger("agent")
        let service = AgentService(
            folder: SiteFolder(URL(filePath: folder)),
            softwareVersion: "matrix",
            logger: logger,
            checkpointInterval: .zero,
            emit: { event in
                if case .waiting(let reason) = event {
                    logger.warning("waiting", metadata: ["for": "\(reason)"])
                }
            }
        )
        try await ServiceGroup(
            configuration: .init(
                services: [.init(service: service)],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            )
        ).run()
    }
}
