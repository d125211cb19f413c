import Crypto
package import Foundation

/// The secret behind a party's audit: it signs its own log and cosigns the logs it witnesses.
///
/// 32 bytes, apart from the key of any certificate. The log's Ed25519 seed is the secret itself,
/// the witness's is HKDF-SHA256 of it (RFC 5869), so that no key signs two kinds of messages.
package struct AuditSecret: Sendable {
    private let seed: [UInt8]

    /// A new secret from the system's random source.
    package static func generate() -> AuditSecret {
        var generator = SystemRandomNumberGenerator()
        return AuditSecret(
            seed: (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        )
    }

    /// The secret of a file; throws `invalidField` unless it holds 32 bytes.
    package init(bytes: some Collection<UInt8>) throws(AuditLogError) {
        guard bytes.count == 32 else { throw AuditLogError(.invalidField, field: "audit.key") }
        seed = Array(bytes)
    }

    private init(seed: [UInt8]) { self.seed = seed }

    /// What is written to the file.
    package var bytes: Data { Data(seed) }

    /// Signs the log of this name.
    package func logSigner(named name: String) throws(AuditLogError) -> NoteSigner {
        try NoteSigner(name: name, kind: .log, seed: seed)
    }

    /// Cosigns other logs under this name.
    package func witnessSigner(named name: String) throws(AuditLogError) -> NoteSigner {
        let key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: seed),
            info: Data("fed-audit/1 witness".utf8),
            outputByteCount: 32
        )
        let derived = unsafe key.withUnsafeBytes { unsafe Array($0) }
        return try NoteSigner(name: name, kind: .witness, seed: derived)
    }
}
