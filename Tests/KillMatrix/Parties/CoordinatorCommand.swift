import ArgumentParser
import CoordinatorServer
import Durability
import Foundation
import Logging
import ServiceLifecycle
import UnixSignals

/// The coordinator of the matrix: the services of `fedcoordinator serve`, armed.
struct CoordinatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coordinator",
        abstract: "The coordinator of the matrix.",
        shouldDisplay: false
    )

    @Argument(help: "The coordinator's folder.") var folder: String
    @OptionGroup var crash: CrashOptions

    func run() async throws {
        Lifeline.hold()
        try crash.arm()
        let logger = PartyLogger.logger("coordinator")
        let service = try CoordinatorService(
            folder: CoordinatorFolder(URL(filePath: folder)),
            softwareVersion: "matrix",
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
