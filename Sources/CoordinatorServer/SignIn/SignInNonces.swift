import Crypto
import Foundation
import Identity
import Synchronization

/// Nonces that tie an ID token to one sign-in with this coordinator: each good for ten minutes, once, until a restart.
///
/// They are authenticated rather than kept, so that asking for many costs nothing; only those used are kept.
final class SignInNonces: Sendable {
    static let lifetimeSeconds = 600.0

    private let key = SymmetricKey(size: .bits256)
    private let used = Mutex<[String: Date]>([:])

    /// A fresh nonce: time, 16 random bytes, and what shows that it is ours, in hexadecimal digits.
    func issue(at now: Date) -> String {
        var generator = SystemRandomNumberGenerator()
        let seconds = UInt64(now.timeIntervalSince1970)
        let time = (0..<8).map { UInt8(truncatingIfNeeded: seconds >> (56 - 8 * UInt64($0))) }
        let random = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        let body = time + random
        return Hexadecimal.encode(body + tag(body))
    }

    /// Uses a nonce up; false if it is not ours, too old, or was used.
    func redeem(_ text: String, at now: Date) -> Bool {
        guard let bytes = Self.bytes(of: text),
            Self.isEqual(tag(bytes.prefix(24)), bytes.suffix(16))
        else { return false }
        let seconds = bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let age = now.timeIntervalSince1970 - Double(seconds)
        guard (-IDToken.skewSeconds...Self.lifetimeSeconds).contains(age) else { return false }
        return used.withLock { used in
            used = used.filter { now.timeIntervalSince($0.value) < 2 * Self.lifetimeSeconds }
            return used.updateValue(now, forKey: text) == nil
        }
    }

    private func tag(_ body: some Sequence<UInt8>) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(body), using: key).prefix(16))
    }

    private static func bytes(of text: String) -> [UInt8]? {
        guard Hexadecimal.isText(text, count: 80) else { return nil }
        let digits = Array(text.utf8)
        return stride(from: 0, to: 80, by: 2).compactMap { place in
            UInt8(String(decoding: digits[place..<place + 2], as: UTF8.self), radix: 16)
        }
    }

    /// Takes the same time wherever they differ.
    private static func isEqual(_ left: [UInt8], _ right: some Sequence<UInt8>) -> Bool {
        zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
