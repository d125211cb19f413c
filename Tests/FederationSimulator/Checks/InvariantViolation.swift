/// What must never happen has happened; names the seed with which it can be played again.
package struct InvariantViolation: Error, Sendable, Hashable, CustomStringConvertible {
    /// The seed of the world.
    package let seed: UInt64
    /// Seconds of virtual time.
    package let seconds: Double
    /// What was violated.
    package let message: String

    /// One line, to be pasted into a regression test.
    package var description: String { "seed \(seed) at \(seconds) s: \(message)" }
}

/// Something that must not happen was seen; the simulation adds seed and time.
struct Breach: Error {
    let message: String

    init(_ message: String) { self.message = message }
}
