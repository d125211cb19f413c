import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Identity
import Synchronization
import WireProtocol

/// What the coordinator's gate does with a request, without the coordinator.
final class BenchmarkGate: Sendable {
    private let key: P256.Signing.PublicKey
    private let fresh = Mutex(ReplayGuard())

    init(key: P256.Signing.PublicKey) { self.key = key }

    var boot: BootID { fresh.withLock(\.boot) }

    /// Verifies signature and first use.
    func admit(_ request: Request) throws {
        guard let input = Self.field("Signature-Input", request),
            let field = Self.field("Signature", request),
            let digest = Self.field(ContentDigest.name, request),
            let signature = RequestSignature(input: input, signature: field),
            signature.isValid(
                for: SignedRequest(
                    method: request.method.rawValue,
                    target: request.head.path ?? "/",
                    contentDigest: digest
                ),
                by: key
            )
        else { throw BenchmarkFailure("a signature is not valid") }
        _ = try fresh.withLock { fresh throws(ReplayGuard.Refusal) in
            try fresh.admit(signature.parameters, isGreeting: false, at: Date())
        }
    }

    private static func field(_ name: String, _ request: Request) -> String? {
        HTTPField.Name(name).flatMap { request.headers[$0] }
    }
}
