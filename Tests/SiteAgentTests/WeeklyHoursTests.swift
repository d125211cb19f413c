import Foundation
import SiteAgent
import Testing

@Suite struct WeeklyHoursTests {
    private static func hours(_ text: String..., zone: String = "Europe/Berlin") throws
        -> WeeklyHours
    {
        try WeeklyHours(text, timeZone: try #require(TimeZone(identifier: zone)))
    }

    private static func date(_ text: String) throws -> Date {
        try Date(text, strategy: .iso8601)
    }

    /// 2026-03-04 is a Wednesday; Berlin is one hour ahead of UTC until 2026-03-29, then two.
    @Test(arguments: [
        ("22:00-06:00", "2026-03-04T20:59:59Z", false),
        ("22:00-06:00", "2026-03-04T21:00:00Z", true),
        ("22:00-06:00", "2026-03-04T23:30:00Z", true),
        ("22:00-06:00", "2026-03-05T04:59:59Z", true),
        ("22:00-06:00", "2026-03-05T05:00:00Z", false),
        ("Wed 22:00-06:00", "2026-03-05T04:00:00Z", true),
        ("Wed 22:00-06:00", "2026-03-05T22:00:00Z", false),
        ("Fri-Mon 00:00-24:00", "2026-03-08T10:00:00Z", true),
        ("Fri-Mon 00:00-24:00", "2026-03-04T10:00:00Z", false),
        ("Sat,Sun 00:00-24:00", "2026-03-07T22:59:59Z", true),
        ("Sat,Sun 00:00-24:00", "2026-03-08T22:59:59Z", true),
        ("Sat,Sun 00:00-24:00", "2026-03-08T23:00:00Z", false),
        ("00:00-24:00", "2026-03-08T23:00:00Z", true),
        ("Mon 22:00-06:00", "2026-03-29T23:30:00Z", false),
        ("Sun 22:00-06:00", "2026-03-29T23:30:00Z", true),
    ])
    func `a moment lies within by the wall clock of the zone`(
        span: String,
        moment: String,
        isOpen: Bool
    ) throws {
        #expect(try Self.hours(span).contains(Self.date(moment)) == isOpen)
    }

    @Test(arguments: [
        ("22:00-06:00", "2026-03-04T12:00:00Z", "2026-03-04T21:00:00Z"),
        ("22:00-06:00", "2026-03-04T23:00:00Z", "2026-03-04T23:00:00Z"),
        ("Mon 08:00-09:00", "2026-03-04T12:00:00Z", "2026-03-09T07:00:00Z"),
        // An hour that does not come: 02:00 to 03:00 on the day the clocks go forward.
        ("Sun 02:00-03:00", "2026-03-28T12:00:00Z", "2026-04-05T00:00:00Z"),
        ("Sun 02:30-04:00", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z"),
        // One that comes twice: 02:00 to 03:00 on the day they go back.
        ("Sun 02:00-02:30", "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z"),
        ("Sun 02:00-02:30", "2026-10-24T12:00:00Z", "2026-10-25T00:00:00Z"),
    ])
    func `it opens next`(span: String, from: String, opens: String) throws {
        let found = try Self.hours(span).opening(from: Self.date(from))
        #expect(found == (try Self.date(opens)))
    }

    @Test
    func `it closes next, also in an hour that comes twice, and never where it is always open`()
        throws
    {
        let night = try Self.hours("22:00-06:00")
        #expect(
            night.closing(after: try Self.date("2026-03-04T23:00:00Z"))
                == (try Self.date("2026-03-05T05:00:00Z"))
        )
        // Clocks go back at 01:00 UTC: eight hours on the wall are nine.
        #expect(
            night.closing(after: try Self.date("2026-10-24T20:00:00Z"))
                == (try Self.date("2026-10-25T05:00:00Z"))
        )
        let always = try Self.hours("00:00-24:00")
        #expect(always.closing(after: try Self.date("2026-03-04T23:00:00Z")) == nil)
    }

    @Test func `every minute of a year agrees with the next opening`() throws {
        let hours = try Self.hours("Mon-Fri 22:30-05:15", "Sat 12:00-13:00", "Sun 02:15-02:45")
        var date = try Self.date("2026-03-27T00:00:00Z")
        let end = try Self.date("2026-04-03T00:00:00Z")
        while date < end {
            let opening = try #require(hours.opening(from: date))
            #expect(hours.contains(opening) && opening >= date)
            var between = date
            while between < opening {
                #expect(!hours.contains(between))
                between += 900
            }
            date += 3600 - 7
        }
    }

    @Test(arguments: [
        "", "22:00", "22:00-22:00", "24:00-06:00", "22:60-06:00", "9:00-10:00", "Foo 09:00-10:00",
        "Mon- 09:00-10:00", "Mon-Tue-Wed 09:00-10:00", "Mon 09:00-10:00 x", "-1:00-02:00",
        "00:00-00:00",
    ])
    func `what is no span is refused`(text: String) {
        #expect(throws: AgentError.self) { try WeeklyHours([text]) }
    }
}
