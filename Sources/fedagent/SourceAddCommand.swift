import ArgumentParser
import DICOMNetworking
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
    /// `fedagent source add dicomweb`.
    struct DICOMWeb: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "dicomweb",
            abstract: "Name a PACS to fetch images from by QIDO-RS and WADO-RS.",
            discussion: """
                Credentials stand in a file of mode 0600 (lines `username: …` and `password: …`, or
                one line `token: …`), or in FEDAGENT_PACS_USERNAME and FEDAGENT_PACS_PASSWORD, or
                FEDAGENT_PACS_TOKEN; never on the command line. Only this server is asked.
                """
        )

        @OptionGroup var options: SiteOptions
        @Option(help: "The address before /studies, as https://pacs.example/dicom-web.")
        var url: String
        @Option(help: "A file of mode 0600 with the credentials.", completion: .file())
        var credentials: String?
        @Option(
            help: "The authority that signed the server's certificate, PEM.",
            completion: .file()
        )
        var certificateAuthority: String?
        @Option(help: "The modality.")
        var modality = "CT"
        @Option(help: "Body Part Examined of the series; may be given again. Left out: all.")
        var bodyPart: [String] = []
        @Option(help: "Study Description with * and ?; may be given again. Left out: all.")
        var description: [String] = []
        @Option(help: "The first study date, as 2025-01-01.")
        var since: String?
        @Option(help: "The last study date.")
        var until: String?
        @Option(help: "The most studies that are fetched at a time.")
        var connections = 2
        @Option(help: "The most requests a second.")
        var requestsPerSecond = 10
        @Flag(name: .customLong("allow-plain-http"), help: "Take http to another machine.")
        var allowPlainHTTP = false

        func run() async throws {
            try await reporting {
                var source = SiteProfile.Source.DICOMWeb(url: url)
                source.credentials = credentials.map { SourceCommand.absolute($0) }
                source.certificateAuthority = certificateAuthority.map {
                    SourceCommand.absolute($0)
                }
                source.allowPlainHTTP = allowPlainHTTP
                source.modality = modality
                source.bodyParts = bodyPart
                source.descriptions = description
                source.since = since
                source.until = until
                source.connections = connections
                source.requestsPerSecond = requestsPerSecond
                if let file = source.credentials { try Self.check(file) }
                let chosen = source
                try await SourceCommand.change(options) { $0.dicomweb = chosen }
                Terminal.say("added \(url): \(source.filterText)")
                Terminal.say("see what matches: `fedagent source pull --dry-run`")
            }
        }

        private static func check(_ file: String) throws {
            do throws(WebError) {
                _ = try WebCredentials.read(file: file)
            } catch {
                throw AgentError(.badConfiguration, error.message, hint: error.hint)
            }
        }
    }

    /// `fedagent source add receiver`.
    struct Receiver: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "receiver",
            abstract: "Take images that scanners and PACS send by C-STORE.",
            discussion: "Only senders whose AE title and address are both named are let in."
        )

        @OptionGroup var options: SiteOptions
        @Option(help: "Our own AE title, which senders have to call.")
        var title = "FEDAGENT"
        @Option(help: "The address of this machine to listen at.")
        var address = "0.0.0.0"
        @Option(help: "The port.")
        var port = 11112
        @Option(help: "A sender, as TITLE@ADDRESS or TITLE@NETWORK/BITS; may be given again.")
        var peer: [String]
        @Option(help: "This machine's certificate chain, PEM: turns TLS on.", completion: .file())
        var tlsCertificate: String?
        @Option(help: "Its key, PEM, mode 0600.", completion: .file())
        var tlsKey: String?
        @Option(help: "The authority of the senders' certificates: then they need one.")
        var tlsClientAuthority: String?
        @Option(help: "Refuse objects while fewer gigabytes are free.")
        var freeGigabytes = 2

        func validate() throws {
            guard (tlsCertificate == nil) == (tlsKey == nil) else {
                throw ValidationError("--tls-certificate and --tls-key go together")
            }
        }

        func run() async throws {
            try await reporting {
                var receiver = SiteProfile.Source.Receiver(
                    title: title,
                    address: address,
                    port: port,
                    peers: try peer.map(Self.peer)
                )
                receiver.freeGigabytesMin = freeGigabytes
                if let tlsCertificate, let tlsKey {
                    receiver.tls = ReceiverTLS(
                        certificate: SourceCommand.absolute(tlsCertificate),
                        key: SourceCommand.absolute(tlsKey),
                        clientAuthority: tlsClientAuthority.map { SourceCommand.absolute($0) }
                    )
                }
                let chosen = receiver
                try await SourceCommand.change(options) { $0.receiver = chosen }
                Terminal.say(
                    "added receiver \(title), port \(port), for \(peer.joined(separator: ", "))"
                )
                if receiver.tls == nil {
                    Terminal.say("without TLS, images cross the hospital's network readable")
                }
                Terminal.say("`fedagent source receive` takes images; `fedagent serve` does so too")
            }
        }

        private static func peer(_ text: String) throws -> SiteProfile.Source.Receiver.Peer {
            guard let at = text.lastIndex(of: "@") else {
                throw AgentError(
                    .badConfiguration,
                    "--peer \(text) names no address",
                    hint: "write it as TITLE@ADDRESS, such as CT1@10.1.2.3"
                )
            }
            return SiteProfile.Source.Receiver.Peer(
                title: String(text[..<at]),
                address: String(text[text.index(after: at)...])
            )
        }
    }

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
