import ArgumentParser
import DICOMNetworking
import Foundation
import SiteAgent

extension SourceCommand.Add {
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
}
