import ArgumentParser
import CoordinatorServer
import Foundation
import Identity

/// `fedcoordinator ca`.
struct CACommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ca",
        abstract: "The federation's root, and the issuing key it certifies.",
        discussion: """
            The root stays on offline media; a coordinator only has an issuing key. To keep the root on \
            another machine, carry the request there and the certificate back:

              fedcoordinator ca sign DIR/ca/issuing-request.pem --root ROOT --output issuing.pem
              fedcoordinator ca install issuing.pem --root-certificate ROOT/root.pem --directory DIR

            The root itself is exchanged with rotate-root, while runs go on, and the old one retired once \
            status says that nobody needs it any more.
            """,
        subcommands: [
            Init.self, Status.self, Rotate.self, Sign.self, Install.self, RotateRoot.self,
            Handover.self, RetireRoot.self,
        ]
    )

    /// `fedcoordinator ca init`.
    struct Init: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a root; its key is encrypted under a passphrase."
        )

        @Option(help: "The federation's name: a-z, 0-9, -.") var federation: String
        @OptionGroup var root: RootOptions

        func run() async throws {
            try await reporting {
                let folder = RootFolder(root.url)
                try folder.create(
                    federation: federation,
                    passphrase: try root.passphrase(isNew: true),
                    at: Date()
                )
                say("made the root of \(federation) in \(root.root)")
                say(
                    "keep it offline, with a copy elsewhere; it is needed to rotate the issuing key"
                )
            }
        }
    }

    /// `fedcoordinator ca rotate`.
    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a new issuing key into use; certificates of the old one stay valid."
        )

        @OptionGroup var options: CoordinatorOptions
        @OptionGroup var root: RootOptions

        func run() async throws {
            try await reporting {
                let request = try FederationSetup.requestIssuing(in: options.folder)
                let authority = try root.authority()
                try FederationSetup.install(
                    try authority.issuingCertificate(for: request, at: Date()),
                    root: authority.certificate,
                    in: options.folder,
                    at: Date()
                )
                try await options.operation().recordIssuingKey()
                say("new certificates are issued by the new key; nobody has to do anything")
            }
        }
    }

    /// `fedcoordinator ca sign`.
    struct Sign: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Certify an issuing key, on the machine that has the root."
        )

        @Argument(help: "The request: ca/issuing-request.pem of the coordinator.")
        var request: String
        @OptionGroup var root: RootOptions
        @Option(help: "The file to write.") var output: String

        func run() async throws {
            try await reporting {
                let pem = try String(contentsOf: URL(filePath: request), encoding: .utf8)
                let certificate = try root.authority().issuingCertificate(
                    for: try CertificateRequest(pem: pem),
                    at: Date()
                )
                try CertificateFile.write([certificate], to: URL(filePath: output))
            }
        }
    }

    /// `fedcoordinator ca install`.
    struct Install: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a certified issuing key into use, on the coordinator."
        )

        @OptionGroup var options: CoordinatorOptions
        @Argument(help: "What ca sign wrote.") var certificate: String
        @Option(help: "The root's certificate, root.pem.") var rootCertificate: String?
        @Option(help: "What ca handover wrote, where the root is exchanged.") var handover: String?

        func validate() throws {
            guard (rootCertificate == nil) != (handover == nil) else {
                throw ValidationError("name either --root-certificate or --handover")
            }
        }

        func run() async throws {
            try await reporting {
                let issuing = try CertificateFile.read(from: URL(filePath: certificate))[0]
                if let handover {
                    try await RootExchange(try options.operation()).begin(
                        try RootHandover(from: URL(filePath: handover)),
                        issuing: issuing,
                        at: Date()
                    )
                    return say(RootText.begun)
                }
                try FederationSetup.install(
                    issuing,
                    root: try CertificateFile.read(from: URL(filePath: rootCertificate ?? ""))[0],
                    in: options.folder,
                    at: Date()
                )
                try await options.operation().recordIssuingKey()
                say("\(options.folder.root.path) issues certificates")
            }
        }
    }
}
