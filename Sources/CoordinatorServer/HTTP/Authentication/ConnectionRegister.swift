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
        /// The number of its last request among all.
        var lastRequest: Int
    }

    private struct State {
        var requests = 0
        var entries: [ObjectIdentifier: Entry] = [:]
    }

    private let state = Mutex(State())
    private let ofCertificateMax: Int

    /// No connections yet; of those that present one certificate at most so many stay open.
    package init(ofCertificateMax: Int) { self.ofCertificateMax = ofCertificateMax }

    /// The certificates that open connections present.
    var fingerprints: Set<String> {
        state.withLock { Set($0.entries.values.map(\.peer.fingerprint)) }
    }

    /// The certificate of the peer on a connection that has sent a request.
    ///
    /// - Throws: ``CoordinatorError`` `certificate-required` if there is none, or it names no party.
    func peer(on channel: any Channel) async throws -> PeerCertificate {
        let id = ObjectIdentifier(channel)
        let known = state.withLock { state -> PeerCertificate? in
            state.requests += 1
            state.entries[id]?.lastRequest = state.requests
            return state.entries[id]?.peer
        }
        if let known { return known }
        guard let certificate = try await channel.nioSSL_peerCertificate().get() else {
            throw CoordinatorError(.certificateRequired)
        }
        let peer: PeerCertificate
        do {
            peer = try PeerCertificate(der: try certificate.toDERBytes())
        } catch {
            throw CoordinatorError(.certificateRequired, "\(error)")
        }
        add(channel, peer)
        channel.closeFuture.whenComplete { [weak self] _ in
            self?.state.withLock { _ = $0.entries.removeValue(forKey: id) }
        }
        return peer
    }

    /// Closes every connection that presents one of these certificates, whatever it waits for.
    func close(_ fingerprints: Set<String>) {
        let channels = state.withLock { state in
            state.entries.values.filter { fingerprints.contains($0.peer.fingerprint) }
                .map(\.channel)
        }
        for channel in channels { channel.close(promise: nil) }
    }

    /// Adds a connection; of too many with its certificate that whose last request began first ends,
    /// which after a cut that nobody was told of is a dead one.
    private func add(_ channel: any Channel, _ peer: PeerCertificate) {
        let surplus = state.withLock { state -> (any Channel)? in
            let same = state.entries.filter { $0.value.peer.fingerprint == peer.fingerprint }
            state.entries[ObjectIdentifier(channel)] = Entry(
                channel: channel,
                peer: peer,
                lastRequest: state.requests
            )
            guard same.count >= ofCertificateMax,
                let oldest = same.min(by: { $0.value.lastRequest < $1.value.lastRequest })
            else { return nil }
            return state.entries.removeValue(forKey: oldest.key)?.channel
        }
        surplus?.close(promise: nil)
    }
}
