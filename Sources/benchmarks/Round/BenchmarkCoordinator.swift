import ArgumentParser
import CoordinatorServer
import Foundation
import Logging
import ProcessResources
import ServiceLifecycle
import UnixSignals

/// The coordinator's process of `benchmarks round` and `idle`: the service of `fedcoordinator serve`.
struct BenchmarkCoordinator: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coordinator",
        abstract: "The coordinator of `round` and `idle`.",
        shouldDisplay: false
    )

    @Argument(help: "The coordinator's folder.") var folder: String

    func run() async throws {
        ProcessMemory.boundAllocator()
        OpenFiles.raiseLimit()
        var logger = Logger(
            label: "coordinator",
            factory: { StreamLogHandler.standardError(label: $0) }
        )
        logger.logLevel = .warning
        let root = URL(filePath: folder)
        let service = try CoordinatorService(
            folder: CoordinatorFolder(root),
            softwareVersion: "benchmark",
            logger: logger
        )
        let group = ServiceGroup(
            configuration: .init(
                services: try await service.services().map { .init(service: $0) },
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            )
        )
        async let serving: Void = group.run()
        _ = await service.ports.service
        let port = await service.ports.enrolment
        let file = root.appending(path: "enrolment-port")
        try Data("\(port)".utf8).write(to: file, options: .atomic)
        try await serving
    }
}
