import Crypto
package import Foundation

/// The secret behind a party's audit: it signs its own log and cosigns the logs it witnesses.
///
/// Parts of 32 bytes, apart from the key of any certificate. The first is the log's first Ed25519 seed, and
/// HKDF-SHA256 of it (RFC 5869) the witness's, so that no key signs two kinds of messages. After a rotation
/// the second is the log's seed, and a third the one before it, until that is retired.
package struct AuditSecret: Sendable {
    private static let seedBytes = 32
    private let seed: [UInt8]
    /// The log's seeds, the newest first; one, or during a rotation two.
    private let logSeeds: [[UInt8]]

    /// A new secret from the system's random source.
    package static func generate() -> AuditSecret {
        let seed = randomSeed()
        return AuditSecret(seed: seed, logSeeds: [seed])
    }

    /// The secret of a file; throws `invalidField` unless it holds one to three parts.
    package init(bytes: some Collection<UInt8>) throws(AuditLogError) {
        let all = Array(bytes)
        guard [1, 2, 3].contains(where: { all.count == $0 * Self.seedBytes }) else {
            throw AuditLogError(.invalidField, field: "audit.key")
        }
        let parts = stride(from: 0, to: all.count, by: Self.seedBytes).map {
            Array(all[$0..<$0 + Self.seedBytes])
        }
        seed = parts[0]
        logSeeds = parts.count == 1 ? parts : Array(parts.dropFirst())
    }

    private init(seed: [UInt8], logSeeds: [[UInt8]]) {
        self.seed = seed
        self.logSeeds = logSeeds
    }

    /// What is written to the file.
    package var bytes: Data {
        logSeeds == [seed] ? Data(seed) : Data(seed + logSeeds.joined())
    }

    /// The secret with a new key of the log, beside the one before; the witness's key stays.
    package func rotated() -> AuditSecret {
        AuditSecret(seed: seed, logSeeds: [Self.randomSeed(), logSeeds[0]])
    }

    /// The secret without the log's key of before.
    package func retired() -> AuditSecret { AuditSecret(seed: seed, logSeeds: [logSeeds[0]]) }

    /// Signs the log of this name.
    package func logSigner(named name: String) throws(AuditLogError) -> NoteSigner {
        try NoteSigner(name: name, kind: .log, seed: logSeeds[0])
    }

    /// Signs beside it with the key of before, until that is retired; nil then.
    package func formerLogSigner(named name: String) throws(AuditLogError) -> NoteSigner? {
        guard logSeeds.count > 1 else { return nil }
        return try NoteSigner(name: name, kind: .log, seed: logSeeds[1])
    }

    private static func randomSeed() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<seedBytes).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
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
