import Foundation

/// The machine's clocks, made once at the start of a process.
package struct SystemAuditClock: AuditClock {
    private let boot: String
    private let start = ContinuousClock.now

    /// A clock with a fresh process id.
    package init() {
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        boot = String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// The stamp of now.
    package func stamp() -> AuditStamp {
        let elapsed = (ContinuousClock.now - start).components
        return AuditStamp(
            milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)),
            boot: boot,
            monotonicMilliseconds: elapsed.seconds * 1000 + elapsed.attoseconds
                / 1_000_000_000_000_000
        )
    }
}
