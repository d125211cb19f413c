import ArgumentParser
import DICOMNetworking
import Foundation
import SiteAgent

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
        @Option(
            help: "The certificate of this machine, PEM, for a PACS that asks for one.",
            completion: .file()
        )
        var clientCertificate: String?
        @Option(help: "Its key, PEM of mode 0600; may be the same file.", completion: .file())
        var clientKey: String?
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

        func validate() throws {
            guard (clientCertificate == nil) == (clientKey == nil) else {
                throw ValidationError("--client-certificate and --client-key go together")
            }
        }

        func run() async throws {
            try await reporting {
                var source = SiteProfile.Source.DICOMWeb(url: url)
                source.credentials = credentials.map { SourceCommand.absolute($0) }
                source.certificateAuthority = certificateAuthority.map {
                    SourceCommand.absolute($0)
                }
                source.clientCertificate = clientCertificate.map { SourceCommand.absolute($0) }
                source.clientKey = clientKey.map { SourceCommand.absolute($0) }
                source.allowPlainHTTP = allowPlainHTTP
                source.modality = modality
                source.bodyParts = bodyPart
                source.descriptions = description
                source.since = since
                source.until = until
                source.connections = connections
                source.requestsPerSecond = requestsPerSecond
                do throws(WebError) {
                    if let file = source.credentials { _ = try WebCredentials.read(file: file) }
                    try source.identity?.check()
                } catch {
                    throw AgentError(.badConfiguration, error.message, hint: error.hint)
                }
                let chosen = source
                try await SourceCommand.change(options) { $0.dicomweb = chosen }
                Terminal.say("added \(url): \(source.filterText)")
                Terminal.say("see what matches: `fedagent source pull --dry-run`")
            }
        }
    }
}
