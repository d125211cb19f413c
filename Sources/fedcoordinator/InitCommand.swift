import ArgumentParser
import CoordinatorServer
import Foundation

/// `fedcoordinator init`.
struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a coordinator: settings, issuing key, certificates.",
        discussion: """
            With --root the root of `ca init` certifies the issuing key at once. Without it the request is \
            left in ca/issuing-request.pem, to be signed where the root is: see `ca --help`.
            """
    )

    @OptionGroup var options: CoordinatorOptions
    @Option(help: "The federation's name: a-z, 0-9, -.") var federation: String
    @Option(help: "The name or address that sites dial.") var host: String
    @Option(help: "The address to listen on.") var bind = "0.0.0.0"
    @Option(help: "The port for enrolled sites.") var servicePort = 8443
    @Option(help: "The port for enrolment.") var enrolmentPort = 8444
    @Option(help: "How many operators approve each new site: 1 or 2.") var approvals = 1
    @Option(help: "The folder of the root, on offline media.", completion: .directory)
    var root: String?
    @Option(help: "A file with the root's passphrase; asked for if left out.")
    var passphraseFile: String?

    func run() async throws {
        try await reporting {
            let folder = options.folder
            let settings = CoordinatorSettings(
                federation: federation,
                host: host,
                bind: bind,
                servicePort: servicePort,
                enrolmentPort: enrolmentPort,
                approvalsRequired: approvals
            )
            guard let root else {
                try FederationSetup.prepare(folder, settings: settings)
                say("made \(folder.root.path); its issuing key waits to be certified:")
                say(
                    "  fedcoordinator ca sign \(folder.issuingRequest.path) --root ROOT --output issuing.pem"
                )
                say("  fedcoordinator ca install issuing.pem --root-certificate ROOT/root.pem")
                return
            }
            var options = RootOptions()
            options.root = root
            options.passphraseFile = passphraseFile
            try FederationSetup.create(
                in: folder,
                settings: settings,
                under: try options.authority(),
                at: Date()
            )
            say("made federation \(federation) in \(folder.root.path)")
            say("take the root's medium out: serving does not need it")
        }
    }
}
