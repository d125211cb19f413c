import Foundation

/// When a run works (`schedule` of the plan); at any time where the section is absent.
///
/// Outside its hours a run gives no work and opens no round, and its deadlines stand still; what
/// sites have begun they may finish and send.
package struct ScheduleRules: Sendable, Hashable, Codable {
    /// Days of the week.
    package enum Day: String, Sendable, Hashable, Codable, CaseIterable {
        case mon, tue, wed, thu, fri, sat, sun
    }

    /// Hours of some days.
    package struct Window: Sendable, Hashable, Codable {
        /// The days on which it begins.
        package var days: [Day]
        /// When it begins, `HH:MM`.
        package var from: String
        /// When it ends, `HH:MM`; at or before `from` it is on the next day.
        package var to: String

        init(reading reader: inout SectionReader) {
            days =
                reader.has("days")
                ? reader.choices("days", count: 1...Day.allCases.count) : Day.allCases
            from = reader.text("from", lengthMax: 5)
            to = reader.text("to", lengthMax: 5)
            for (key, text) in [("from", from), ("to", to)]
            where !text.isEmpty && ScheduleRules.minutes(text) == nil {
                reader.report(.outOfRange, key, "must be a time as \"20:00\", in quotes")
            }
        }
    }

    /// The first round opens not before this moment, RFC 3339; nil for at once.
    package var start: String?
    /// The IANA name of the time zone of the windows.
    package var timeZone: String
    /// The hours; none for any.
    package var windows: [Window]

    init(reading reader: inout SectionReader) {
        start = reader.has("start") ? reader.text("start", lengthMax: 40) : nil
        timeZone = reader.text("timeZone", lengthMax: 64, default: "UTC")
        windows =
            reader.has("windows")
            ? reader.sections("windows", count: 0...32, Window.init(reading:)) : []
        if let start, !start.isEmpty, Self.milliseconds(start) == nil {
            reader.report(
                .outOfRange,
                "start",
                "must be a moment as \"2027-01-31T20:00:00Z\", in quotes"
            )
        }
        if TimeZone(identifier: timeZone) == nil {
            reader.report(.notAChoice, "timeZone", "must be an IANA name, as Europe/Zurich")
        }
        if start == nil && windows.isEmpty {
            reader.report(.missing, "windows", "is missing (or give start)")
        }
    }

    /// The start, milliseconds since 1970; nil for at once.
    package var startMilliseconds: Int64? { start.flatMap(Self.milliseconds) }

    /// Whether the run works at a moment, milliseconds since 1970.
    package func isOpen(at milliseconds: Int64) -> Bool {
        if let start = startMilliseconds, milliseconds < start { return false }
        guard !windows.isEmpty else { return true }
        let (day, minute) = local(milliseconds)
        let yesterday = (day + 6) % 7
        return windows.contains { window in
            guard let from = Self.minutes(window.from), let to = Self.minutes(window.to) else {
                return false
            }
            let today = window.days.contains(Day.allCases[day])
            guard to <= from else { return today && (from..<to).contains(minute) }
            let began = window.days.contains(Day.allCases[yesterday])
            return today && minute >= from || began && minute < to
        }
    }

    /// The next moment at which the run works, milliseconds since 1970; nil if it does now, or not
    /// within eight days after the start.
    package func nextOpening(after milliseconds: Int64) -> Int64? {
        guard !isOpen(at: milliseconds) else { return nil }
        let begin = max(milliseconds, startMilliseconds ?? milliseconds)
        if isOpen(at: begin) { return begin }
        // Windows begin at whole minutes, whatever the zone does with its clocks.
        let first = begin / 60_000 + 1
        return (first...(first + 8 * 24 * 60)).lazy.map { $0 * 60_000 }.first(where: isOpen)
    }

    /// The day of the week (0 is Monday) and the minute of the day in the plan's time zone.
    private func local(_ milliseconds: Int64) -> (day: Int, minute: Int) {
        let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        let offset = TimeZone(identifier: timeZone)?.secondsFromGMT(for: date) ?? 0
        let minutes = Int((milliseconds / 1000 + Int64(offset)) / 60)
        // 1 January 1970 was a Thursday.
        return ((minutes / 1440 + 3) % 7, minutes % 1440)
    }

    private static func minutes(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 }), let hour = Int(parts[0]),
            let minute = Int(parts[1]), (0..<24).contains(hour), (0..<60).contains(minute)
        else { return nil }
        return 60 * hour + minute
    }

    private static func milliseconds(_ text: String) -> Int64? {
        guard let date = try? Date.ISO8601FormatStyle().parse(text) else { return nil }
        return Int64((date.timeIntervalSince1970 * 1000).rounded())
    }
}

extension Plan {
    /// Whether the schedule lets a run of the plan work at a moment, milliseconds since 1970.
    package func isInHours(at milliseconds: Int64) -> Bool {
        schedule?.isOpen(at: milliseconds) ?? true
    }
}

extension ScheduleRules {
    /// The rules in words for the person who approves them.
    package var text: String {
        let hours = windows.map { window in
            let isDaily = Set(window.days) == Set(Day.allCases)
            let days = isDaily ? "daily" : window.days.map(\.rawValue).joined(separator: ", ")
            return "\(days) \(window.from) to \(window.to)"
        }
        return [
            start.map { "not before \($0)" },
            hours.isEmpty ? nil : hours.joined(separator: "; ") + " (\(timeZone))",
        ].compactMap { $0 }.joined(separator: "; ")
    }
}
