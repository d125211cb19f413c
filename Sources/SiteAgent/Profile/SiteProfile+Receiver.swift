package import DICOMNetworking
import Federation

extension SiteProfile.Source {
    /// Where images are sent to by C-STORE, and who may send.
    package struct Receiver: Sendable, Hashable, Codable {
        /// A sender that is let in.
        package struct Peer: Sendable, Hashable, Codable {
            /// Its calling AE title.
            package var title: String
            /// Its address, or a network such as `10.1.0.0/16`.
            package var address: String

            /// A sender.
            package init(title: String, address: String) {
                self.title = title
                self.address = address
            }
        }

        /// Our own AE title.
        package var title: String
        /// The address of this machine that is listened at.
        package var address: String
        /// The port.
        package var port: Int
        /// Who is let in.
        package var peers: [Peer]
        /// TLS; nil is none.
        package var tls: ReceiverTLS?
        /// Objects are refused while the disk has fewer free gigabytes.
        package var freeGigabytesMin = 2

        /// A receiver for some senders.
        package init(title: String, address: String, port: Int, peers: [Peer]) {
            self.title = title
            self.address = address
            self.port = port
            self.peers = peers
        }

        func resolved(_ absolute: (String) -> String) -> Receiver {
            var receiver = self
            receiver.tls = tls.map { tls in
                ReceiverTLS(
                    certificate: absolute(tls.certificate),
                    key: absolute(tls.key),
                    clientAuthority: tls.clientAuthority.map(absolute)
                )
            }
            return receiver
        }
    }
}

extension SiteProfile.Source.Receiver {
    /// Reads `source.receiver`; problems go to the reader.
    init(reading reader: inout SectionReader) {
        let title = reader.text("title", lengthMax: 100)
        if !title.isEmpty, ApplicationEntityTitle(title) == nil {
            reader.report(.outOfRange, "title", Self.titleRule)
        }
        let address = reader.text("address", lengthMax: 64, default: "0.0.0.0")
        if NetworkAddress(address) == nil || address.contains("/") {
            reader.report(.outOfRange, "address", "must be an address of this machine")
        }
        self.init(
            title: title,
            address: address,
            port: reader.integer("port", in: 0...65_535, default: 11_112),
            peers: reader.sections("peers", count: 1...100) { Self.peer(&$0) }
        )
        freeGigabytesMin = reader.integer("freeGigabytesMin", in: 0...100_000, default: 2)
        guard reader.has("tls") else {
            reader.optionalSection("tls") { _ in }
            return
        }
        tls = reader.section("tls") { reader in
            let authority = reader.text("clientAuthority", lengthMax: 4096, default: "")
            return ReceiverTLS(
                certificate: reader.text("certificate", lengthMax: 4096),
                key: reader.text("key", lengthMax: 4096),
                clientAuthority: authority.isEmpty ? nil : authority
            )
        }
    }

    private static let titleRule = "must be 1 to 16 characters of ASCII without backslash"

    private static func peer(_ reader: inout SectionReader) -> Peer {
        let peer = Peer(
            title: reader.text("title", lengthMax: 100),
            address: reader.text("address", lengthMax: 64)
        )
        if !peer.title.isEmpty, ApplicationEntityTitle(peer.title) == nil {
            reader.report(.outOfRange, "title", titleRule)
        }
        if !peer.address.isEmpty, NetworkAddress(peer.address) == nil {
            reader.report(
                .outOfRange,
                "address",
                "must be an address or a network like 10.1.0.0/16"
            )
        }
        return peer
    }
}
