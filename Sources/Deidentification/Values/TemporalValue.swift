import DICOM

/// The form of dates and times (PS3.5 section 6.2), strict: what does not fit is dropped.
enum TemporalValue {
    /// A date of type DA moved by days; nil for free-form and legacy values, and for ranges.
    static func shiftedDate(_ value: String, byDays days: Int) -> String? {
        let bytes = Array(value.utf8)
        guard let date = CivilDate(digits: bytes[...]) else { return nil }
        return date.shifted(byDays: days).digits
    }

    /// A date and time of type DT with its date moved, time and zone as they are.
    ///
    /// Nil without a full date, which cannot be moved by days, and for other forms.
    static func shiftedDateTime(_ value: String, byDays days: Int) -> String? {
        let bytes = Array(value.utf8)
        guard bytes.count >= 8, bytes.count <= 26, let date = CivilDate(digits: bytes[..<8]) else {
            return nil
        }
        var rest = bytes[8...]
        var zone: ArraySlice<UInt8> = []
        if let sign = rest.firstIndex(where: { $0 == 0x2B || $0 == 0x2D }) {
            zone = rest[sign...]
            rest = rest[..<sign]
        }
        guard rest.isEmpty || isTime(rest), zone.isEmpty || isZone(zone) else { return nil }
        return date.shifted(byDays: days).digits + String(decoding: rest + zone, as: UTF8.self)
    }

    /// Whether the bytes are a time of day: HH, HHMM or HHMMSS with up to six decimals.
    static func isTime(_ bytes: ArraySlice<UInt8>) -> Bool {
        let whole = bytes.prefix { (0x30...0x39).contains($0) }
        let fraction = bytes.dropFirst(whole.count)
        guard [2, 4, 6].contains(whole.count) else { return false }
        let limits = [23, 59, 60]
        for (place, limit) in zip(stride(from: 0, to: whole.count, by: 2), limits) {
            let start = whole.startIndex + place
            let number = Int(whole[start] - 0x30) * 10 + Int(whole[start + 1] - 0x30)
            if number > limit { return false }
        }
        if fraction.isEmpty { return true }
        let digits = fraction.dropFirst()
        return whole.count == 6 && fraction.first == 0x2E && (1...6).contains(digits.count)
            && digits.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// An age of type AS; 89 years at most are kept, above that all are `090Y`.
    ///
    /// Also of one to five digits, as some write it, made three; nil for what no age can be.
    static func cappedAge(_ value: String) -> String? {
        let digits = value.utf8.dropLast()
        guard (1...5).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(value.dropLast()), let unit = value.utf8.last
        else { return nil }
        let isOld: Bool
        switch unit {
        case 0x59: isOld = number >= 90
        case 0x4D: isOld = number >= 90 * 12
        case 0x57: isOld = number * 7 >= 90 * 365
        case 0x44: isOld = number >= 90 * 365
        default: return nil
        }
        if isOld { return number <= 150 * 366 ? "090Y" : nil }
        let short = String(number)
        guard short.count <= 3 else { return nil }
        return String(repeating: "0", count: 3 - short.count) + short
            + String(decoding: [unit], as: UTF8.self)
    }

    /// Whether the bytes are a time of day, or in an attribute of type SH an offset from UTC.
    static func isTimeOrZone(_ bytes: ArraySlice<UInt8>, vr: VR) -> Bool {
        vr == .tm ? isTime(bytes) : vr == .sh && isZone(bytes)
    }

    /// Whether the bytes are an offset from UTC that exists, -1200 to +1400.
    private static func isZone(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let sign = bytes.first, sign == 0x2B || sign == 0x2D else { return false }
        let digits = bytes.dropFirst()
        guard digits.count == 4, isTime(digits) else { return false }
        return Int(String(decoding: digits.prefix(2), as: UTF8.self)) ?? 99 <= 14
    }
}
