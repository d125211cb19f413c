import ArgumentParser
import CoordinatorServer
import Foundation

/// `fedcoordinator init`.
struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a federation: root, certificates, settings."
    )

    @OptionGroup var options: CoordinatorOptions
    @Option(help: "The federation's name: a-z, 0-9, -.") var federation: String
    @Option(help: "The name or address that sites dial.") var host: String
    @Option(help: "The address to listen on.") var bind = "0.0.0.0"
    @Option(help: "The port for enrolled sites.") var servicePort = 8443
    @Option(help: "The port for enrolment.") var enrolmentPort = 8444

    func run() async throws {
        try await reporting {
            let folder = options.folder
            try FederationSetup.create(
                in: folder,
                settings: CoordinatorSettings(
                    federation: federation,
                    host: host,
                    bind: bind,
                    servicePort: servicePort,
                    enrolmentPort: enrolmentPort
                ),
                at: Date()
            )
            say("made federation \(federation) in \(folder.root.path)")
            say("move \(folder.rootKey.path) to offline media: serving does not need it")
        }
    }
}
