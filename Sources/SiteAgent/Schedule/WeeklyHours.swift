package import Foundation

/// Times that come back every week, on the wall clock of one time zone.
///
/// Written as `22:00-06:00` (every day, across midnight), `Mon-Fri 18:00-07:00` or
/// `Sat,Sun 00:00-24:00`; what passes midnight belongs to the day on which it begins. When clocks
/// are put forward or back, the wall clock decides: an hour that comes twice is open twice, one that
/// does not come is not open.
package struct WeeklyHours: Sendable, Hashable {
    /// One span of a day, on some days of the week.
    struct Span: Sendable, Hashable {
        /// The days on which it begins, 1 (Sunday) to 7, as in `Calendar`.
        let days: Set<Int>
        /// Minutes after midnight, 0 to 1439.
        let start: Int
        /// Minutes after midnight, 1 to 1440; not after `start` where it passes midnight.
        let end: Int

        /// Whether a minute of a day lies within.
        func contains(day: Int, minute: Int) -> Bool {
            if start < end { return days.contains(day) && (start..<end).contains(minute) }
            let before = day == 1 ? 7 : day - 1
            return days.contains(day) && minute >= start || days.contains(before) && minute < end
        }
    }

    /// As they were written.
    package let text: [String]
    private let spans: [Span]
    private let calendar: Calendar

    /// Reads spans.
    ///
    /// - Throws: ``AgentError`` `bad-configuration` naming the span that cannot be read.
    package init(_ text: [String], timeZone: TimeZone = .current) throws(AgentError) {
        self.text = text
        var spans: [Span] = []
        for words in text { spans.append(try Self.span(words)) }
        self.spans = spans
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        self.calendar = calendar
    }

    /// No time at all.
    static let never = WeeklyHours()

    private init() { (text, spans, calendar) = ([], [], Calendar(identifier: .gregorian)) }

    /// The time zone whose wall clock counts.
    package var timeZone: TimeZone { calendar.timeZone }

    /// Whether a moment lies within.
    package func contains(_ date: Date) -> Bool {
        let parts = calendar.dateComponents([.weekday, .hour, .minute], from: date)
        let minute = (parts.hour ?? 0) * 60 + (parts.minute ?? 0)
        return spans.contains { $0.contains(day: parts.weekday ?? 1, minute: minute) }
    }

    /// The first moment from `date` on that lies within: `date` itself where it does.
    package func opening(from date: Date) -> Date? {
        contains(date) ? date : changes(after: date).first(where: contains)
    }

    /// The first moment after `date` that does not lie within; nil where that does not come.
    package func closing(after date: Date) -> Date? {
        contains(date) ? changes(after: date).first { !contains($0) } : date
    }

    /// The moments within nine days at which being inside can change, ascending.
    private func changes(after date: Date) -> [Date] {
        let midnight = calendar.startOfDay(for: date)
        var moments: Set<Date> = []
        for offset in -1...9 {
            guard let day = calendar.date(byAdding: .day, value: offset, to: midnight) else {
                continue
            }
            for minute in Set(spans.flatMap { [$0.start, $0.end % 1440] }) {
                let clock = DateComponents(hour: minute / 60, minute: minute % 60)
                guard minute > 0 else {
                    moments.insert(day)
                    continue
                }
                for repeated in [Calendar.RepeatedTimePolicy.first, .last] {
                    let moment = calendar.nextDate(
                        after: day,
                        matching: clock,
                        matchingPolicy: .nextTime,
                        repeatedTimePolicy: repeated
                    )
                    if let moment { moments.insert(moment) }
                }
            }
        }
        if let jump = timeZone.nextDaylightSavingTimeTransition(after: date) {
            moments.insert(jump)
        }
        return moments.filter { $0 > date }.sorted()
    }

    private static func span(_ words: String) throws(AgentError) -> Span {
        let refusal = AgentError(
            .badConfiguration,
            "\(words) is no span of time",
            hint: "write 22:00-06:00, Mon-Fri 18:00-07:00 or Sat,Sun 00:00-24:00"
        )
        let parts = words.split(separator: " ")
        guard (1...2).contains(parts.count), let clock = parts.last else { throw refusal }
        let ends = clock.split(separator: "-", omittingEmptySubsequences: false).map(minute)
        guard ends.count == 2, let start = ends[0], let end = ends[1], start < 1440, end > 0,
            start != end
        else { throw refusal }
        guard parts.count == 2 else {
            return Span(days: Set(1...7), start: start, end: end)
        }
        var days: Set<Int> = []
        for range in parts[0].split(separator: ",", omittingEmptySubsequences: false) {
            let names = range.split(separator: "-", omittingEmptySubsequences: false)
            let numbers = names.compactMap { names in
                Self.names.firstIndex { $0 == names.lowercased() }
            }
            guard numbers.count == names.count, let first = numbers.first, let last = numbers.last,
                numbers.count <= 2
            else { throw refusal }
            // A range may pass the end of the week, as Fri-Mon does.
            days.formUnion((0...(last - first + 7) % 7).map { (first + $0) % 7 + 1 })
        }
        return Span(days: days, start: start, end: end)
    }

    private static let names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

    private static func minute(_ clock: some StringProtocol) -> Int? {
        let parts = clock.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 }),
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60,
            hour < 24 || hour == 24 && minute == 0
        else { return nil }
        return hour * 60 + minute
    }
}
