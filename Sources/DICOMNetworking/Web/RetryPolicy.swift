package import Foundation

/// When a request is sent again, and after how long.
package struct RetryPolicy: Sendable, Hashable {
    /// The most attempts at one request.
    package var attemptsMax = 5
    /// The time before the second attempt; it doubles with each.
    package var base = Duration.seconds(1)
    /// The longest time that a server may ask for.
    package var waitMax = Duration.seconds(600)

    /// The policy described at each property.
    package init() {}

    /// Whether a status says to try again (RFC 9110 sections 15.5 and 15.6, RFC 6585).
    static func isRetryable(_ status: Int) -> Bool { [408, 429, 502, 503, 504].contains(status) }

    /// The time before the attempt after `attempt`, which counts from 1.
    ///
    /// - Parameters:
    ///   - attempt: The attempt that failed.
    ///   - header: The value of Retry-After: seconds or a date (RFC 9110 section 10.2.3).
    ///   - now: The time, for a date.
    /// - Returns: The time to wait.
    package func wait(after attempt: Int, retryAfter header: String?, now: Date) -> Duration {
        let own = base * (1 << min(attempt - 1, 10))
        guard let header else { return min(own, waitMax) }
        if let seconds = Int(header.trimmingCharacters(in: .whitespaces)), seconds >= 0 {
            return min(max(.seconds(seconds), own), waitMax)
        }
        guard let date = Self.date(header) else { return min(own, waitMax) }
        return min(max(.seconds(max(date.timeIntervalSince(now), 0)), own), waitMax)
    }

    /// The time of an IMF-fixdate (RFC 9110 section 5.6.7).
    private static func date(_ text: String) -> Date? {
        let parts = text.split(whereSeparator: { " :".contains($0) })
        guard parts.count == 8, parts[7] == "GMT", let month = months.firstIndex(of: parts[2])
        else { return nil }
        let numbers = [1, 3, 4, 5, 6].compactMap { Int(parts[$0]) }
        guard numbers.count == 5 else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar.date(
            from: DateComponents(
                year: numbers[1],
                month: month + 1,
                day: numbers[0],
                hour: numbers[2],
                minute: numbers[3],
                second: numbers[4]
            )
        )
    }

    private static let months: [Substring] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
