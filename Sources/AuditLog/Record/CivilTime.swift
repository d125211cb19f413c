/// A moment in UTC as people and other systems read it, without a locale or a time zone.
package enum CivilTime {
    /// RFC 3339 in UTC, as `2026-09-21T12:26:40Z`, or with `.123` where fractions are asked for.
    ///
    /// The civil date of the proleptic Gregorian calendar; times before 1970 are not expected.
    package static func text(milliseconds: Int64, hasFraction: Bool = false) -> String {
        let seconds = milliseconds / 1000
        let (days, rest) = (seconds / 86_400, seconds % 86_400)
        let (year, month, day) = date(daysSince1970: days)
        let fraction = hasFraction ? "." + padded(milliseconds % 1000, 3) : ""
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T"
            + "\(padded(rest / 3600, 2)):\(padded(rest / 60 % 60, 2)):\(padded(rest % 60, 2))"
            + "\(fraction)Z"
    }

    private static func date(daysSince1970 days: Int64) -> (Int64, Int64, Int64) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let year =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
        let part = (5 * dayOfYear + 2) / 153
        let month = part < 10 ? part + 3 : part - 9
        let day = dayOfYear - (153 * part + 2) / 5 + 1
        return (year + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func padded(_ value: Int64, _ digits: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
