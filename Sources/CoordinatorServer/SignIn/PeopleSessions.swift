import CoordinatorStore
import Crypto
import Foundation
import Identity
import Synchronization

/// Who is signed in at the people's port: known by the hash of what each carries, until it is idle, old, or the
/// coordinator starts anew.
final class PeopleSessions: Sendable {
    /// How long a session lasts without a request, in seconds (45 CFR 164.312(a)(2)(iii)).
    static let idleSeconds = 900.0
    /// How long a session lasts at all, in seconds.
    static let lifetimeSeconds = 28_800.0
    /// How many sessions a person may have; a further one ends the oldest.
    static let perPersonMax = 8

    private struct Session {
        let person: String
        let begun: Date
        var used: Date
    }

    private let sessions = Mutex<[String: Session]>([:])

    /// Begins a session: the token, 64 hexadecimal digits, known only to the one who gets it.
    func begin(_ person: String, at now: Date) -> (token: String, end: Date) {
        var generator = SystemRandomNumberGenerator()
        let token = Hexadecimal.encode(
            (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        )
        sessions.withLock { sessions in
            sessions = sessions.filter { Self.isLive($0.value, at: now) }
            let own = sessions.filter { $0.value.person == person }
                .sorted { $0.value.begun < $1.value.begun }
            for entry in own.dropLast(Self.perPersonMax - 1) { sessions[entry.key] = nil }
            sessions[Self.hash(token)] = Session(person: person, begun: now, used: now)
        }
        return (token, now.addingTimeInterval(Self.lifetimeSeconds))
    }

    /// Who carries a token; a request keeps the session from being idle.
    func person(carrying token: String, at now: Date) -> String? {
        sessions.withLock { sessions in
            let hash = Self.hash(token)
            guard var session = sessions[hash], Self.isLive(session, at: now) else {
                sessions[hash] = nil
                return nil
            }
            session.used = now
            sessions[hash] = session
            return session.person
        }
    }

    /// Ends a session.
    func end(_ token: String) { sessions.withLock { $0[Self.hash(token)] = nil } }

    private static func isLive(_ session: Session, at now: Date) -> Bool {
        now.timeIntervalSince(session.used) < idleSeconds
            && now.timeIntervalSince(session.begun) < lifetimeSeconds
    }

    private static func hash(_ token: String) -> String {
        Hexadecimal.encode(SHA256.hash(data: Array(token.utf8)))
    }
}
