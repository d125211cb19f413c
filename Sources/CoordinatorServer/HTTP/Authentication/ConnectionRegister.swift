import Identity
import NIOCore
import NIOSSL
import Synchronization
import WireProtocol

/// The open connections of the service port, each with its peer's certificate, which is read once.
package final class ConnectionRegister: Sendable {
    private struct Entry {
        let channel: any Channel
        let peer: PeerCertificate
    }

    private let entries = Mutex<[ObjectIdentifier: Entry]>([:])

    /// No connections yet.
    package init() {}

    /// The certificates that open connections present.
    var fingerprints: Set<String> {
        entries.withLock { Set($0.values.map(\.peer.fingerprint)) }
    }

    /// The certificate of a connection's peer.
    ///
    /// - Throws: ``CoordinatorError`` `certificate-required` if there is none, or it names no party.
    func peer(on channel: any Channel) async throws -> PeerCertificate {
        let id = ObjectIdentifier(channel)
        if let entry = entries.withLock({ $0[id] }) { return entry.peer }
        guard let certificate = try await channel.nioSSL_peerCertificate().get() else {
            throw CoordinatorError(.certificateRequired)
        }
        let peer: PeerCertificate
        do {
            peer = try PeerCertificate(der: try certificate.toDERBytes())
        } catch {
            throw CoordinatorError(.certificateRequired, "\(error)")
        }
        entries.withLock { $0[id] = Entry(channel: channel, peer: peer) }
        channel.closeFuture.whenComplete { [weak self] _ in
            self?.entries.withLock { _ = $0.removeValue(forKey: id) }
        }
        return peer
    }

    /// Closes every connection that presents one of these certificates, whatever it waits for.
    func close(_ fingerprints: Set<String>) {
        let channels = entries.withLock { entries in
            entries.values.filter { fingerprints.contains($0.peer.fingerprint) }.map(\.channel)
        }
        for channel in channels { channel.close(promise: nil) }
    }
}
