import CoordinatorStore
package import Foundation
import HTTPTypes
import Hummingbird
package import Identity
package import Logging
import Synchronization
import WireProtocol

/// Checks the signatures of requests, and that each is used once (Protocol.md section 3.2).
package final class SignatureGate: Sendable {
    private static let skewWarned: Int64 = 30

    /// The coordinator's clock.
    let now: @Sendable () -> Date
    private let fresh: Mutex<ReplayGuard>
    private let warned = Mutex<Set<String>>([])
    private let logger: Logger

    /// Begins a boot.
    package init(now: @escaping @Sendable () -> Date, logger: Logger) {
        self.now = now
        self.logger = logger
        fresh = Mutex(ReplayGuard())
    }

    /// What nonces have to begin with.
    package var boot: BootID { fresh.withLock(\.boot) }

    /// Forgets what cannot be repeated any more.
    func prune() { fresh.withLock { $0.prune(at: now()) } }

    /// What the operator has to be told about a site's clock.
    struct ClockNote: Sendable {
        /// Seconds ahead of this one; nil when it is right again.
        let aheadSeconds: Int64?
    }

    /// Admits a request once.
    ///
    /// - Returns: what changed about the clock of who sent it, if it matters.
    /// - Throws: ``CoordinatorError`` of section 3.2.
    func admit(_ request: Request, from peer: PeerCertificate) throws -> ClockNote? {
        let signature = try Self.signature(of: request, by: peer)
        let isGreeting = request.uri.path == Endpoint.hello.template
        do {
            let skew = try fresh.withLock { fresh throws(ReplayGuard.Refusal) in
                try fresh.admit(signature.parameters, isGreeting: isGreeting, at: now())
            }
            return note(skew, peer)
        } catch .clockSkew(let seconds) {
            throw CoordinatorError(
                .clockSkew,
                "the clock of \(peer.party.id) is \(Self.words(seconds)) this one"
            )
        } catch .staleBoot {
            throw CoordinatorError(.staleBoot)
        } catch .replayed {
            throw CoordinatorError(.replayed, "a request of \(peer.party.id) came twice")
        }
    }

    /// Reads and verifies the signature of a request by the key of a certificate.
    ///
    /// - Throws: ``CoordinatorError`` `signature-required` or `signature-invalid`.
    static func signature(
        of request: Request,
        by peer: PeerCertificate
    ) throws -> RequestSignature {
        guard let input = request.headers[field: "Signature-Input"],
            let field = request.headers[field: "Signature"],
            let digest = request.headers[field: ContentDigest.name],
            let signature = RequestSignature(input: input, signature: field)
        else { throw CoordinatorError(.signatureRequired) }
        let signed = SignedRequest(
            method: request.method.rawValue,
            target: request.head.path ?? "/",
            contentDigest: digest
        )
        guard signature.parameters.keyID == peer.fingerprint,
            signature.isValid(for: signed, by: peer.key)
        else { throw CoordinatorError(.signatureInvalid, "of \(peer.party.id)") }
        return signature
    }

    /// Tells the operator once about a site whose clock is off, until it is right again.
    private func note(_ skew: Int64, _ peer: PeerCertificate) -> ClockNote? {
        let id = peer.party.id
        guard abs(skew) >= Self.skewWarned else {
            guard abs(skew) < Self.skewWarned / 2, warned.withLock({ $0.remove(id) }) != nil
            else { return nil }
            return ClockNote(aheadSeconds: nil)
        }
        guard warned.withLock({ $0.insert(id).inserted }) else { return nil }
        logger.warning(
            "a site's clock is off",
            metadata: [
                "site.id": "\(id)", "clock.skew": "\(Self.words(skew)) this one",
                "clock.synchronized": "\(ClockDiscipline.isSynchronized)",
            ]
        )
        return ClockNote(aheadSeconds: skew)
    }

    private static func words(_ seconds: Int64) -> String {
        "\(abs(seconds)) s \(seconds > 0 ? "ahead of" : "behind")"
    }
}

extension HTTPFields {
    /// The value of the field of a name, joined with commas if it stands there more than once.
    subscript(field name: String) -> String? {
        HTTPField.Name(name).flatMap { self[$0] }
    }
}
