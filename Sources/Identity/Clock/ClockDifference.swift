package import Foundation

/// How far another clock is from ours, whatever number the other end sent.
package enum ClockDifference {
    /// Whole seconds that the other clock, in milliseconds since 1970, is ahead of `own`; at most a billion.
    package static func secondsAhead(milliseconds: Int64, of own: Date) -> Int64 {
        let seconds = Double(milliseconds) / 1000 - own.timeIntervalSince1970
        return Int64(min(max(seconds, -1e9), 1e9))
    }
}
