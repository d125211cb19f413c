import Foundation
import Identity
import Testing

/// What is fresh and what is not, in virtual time.
@Suite struct ReplayGuardTests {
    private static let now = Date(timeIntervalSince1970: 1_790_000_000)
    private static let keyID = String(repeating: "a", count: 64)

    private func parameters(
        _ boot: BootID,
        _ number: Int,
        after seconds: Int64 = 0
    ) throws -> SignatureParameters {
        let digits = String(number, radix: 16)
        let random = String(repeating: "0", count: 32 - digits.count) + digits
        let nonce = try #require(SignatureNonce(text: "\(boot)\(random)"))
        return SignatureParameters(
            created: 1_790_000_000 + seconds,
            keyID: Self.keyID,
            nonce: nonce
        )
    }

    private func refusal(_ body: () throws -> Void) -> ReplayGuard.Refusal? {
        do {
            try body()
            return nil
        } catch {
            return error as? ReplayGuard.Refusal
        }
    }

    @Test func `a request is admitted once`() throws {
        var fresh = ReplayGuard()
        let request = try parameters(fresh.boot, 1)
        try fresh.admit(request, isGreeting: false, at: Self.now)
        for seconds in [0.0, 100, 299] {
            let time = Self.now.addingTimeInterval(seconds)
            #expect(refusal { try fresh.admit(request, isGreeting: false, at: time) } == .replayed)
        }
        let later = Self.now.addingTimeInterval(301)
        #expect(
            refusal { try fresh.admit(request, isGreeting: false, at: later) }
                == .clockSkew(seconds: -301)
        )
    }

    @Test func `a restart ends what was signed before it, but for hello`() throws {
        let before = ReplayGuard()
        var after = ReplayGuard()
        let request = try parameters(before.boot, 1)
        #expect(
            refusal { try after.admit(request, isGreeting: false, at: Self.now) } == .staleBoot
        )
        #expect(refusal { try after.admit(request, isGreeting: true, at: Self.now) } == nil)
    }

    @Test(arguments: [(300, true), (-300, true), (301, false), (-301, false)])
    func `clocks may differ by five minutes`(seconds: Int64, isAdmitted: Bool) throws {
        var fresh = ReplayGuard()
        let request = try parameters(fresh.boot, 1, after: seconds)
        let refused = refusal { try fresh.admit(request, isGreeting: false, at: Self.now) }
        #expect(refused == (isAdmitted ? nil : .clockSkew(seconds: seconds)))
    }

    @Test func `a clock that falls back begins a new boot`() throws {
        var fresh = ReplayGuard()
        let boot = fresh.boot
        let early = try parameters(boot, 1)
        try fresh.admit(early, isGreeting: false, at: Self.now)
        let late = try parameters(boot, 2, after: 1000)
        try fresh.admit(late, isGreeting: false, at: Self.now.addingTimeInterval(1000))
        #expect(
            refusal { try fresh.admit(early, isGreeting: false, at: Self.now) } == .staleBoot
        )
        #expect(fresh.boot != boot)
    }

    @Test func `what was forgotten for want of memory is not admitted again`() throws {
        var fresh = ReplayGuard()
        for number in 0..<(ReplayGuard.nonceMax + 100) {
            let request = try parameters(fresh.boot, number, after: Int64(number / 100))
            try fresh.admit(
                request,
                isGreeting: false,
                at: Self.now.addingTimeInterval(Double(number / 100))
            )
        }
        let time = Self.now.addingTimeInterval(45)
        for number in stride(from: 0, to: ReplayGuard.nonceMax + 100, by: 97) {
            let request = try parameters(fresh.boot, number, after: Int64(number / 100))
            #expect(refusal { try fresh.admit(request, isGreeting: false, at: time) } == .replayed)
        }
        let next = try parameters(fresh.boot, 1 << 20, after: 45)
        #expect(refusal { try fresh.admit(next, isGreeting: false, at: time) } == nil)
    }
}
