/// The text of a double as ECMAScript `Number::toString` gives it (RFC 8785 section 3.2.2.3).
enum CanonicalNumber {
    static func text(of value: Double) -> String {
        precondition(value.isFinite, "JSON has no form for a number that is not finite")
        guard value != 0 else { return "0" }
        let (digits, exponent) = shortest(of: value.magnitude)
        return (value < 0 ? "-" : "") + layout(digits, exponent)
    }

    /// The shortest digits that read back as the value, and n with value = 0.digits × 10^n.
    private static func shortest(of value: Double) -> (digits: [Character], exponent: Int) {
        // Swift's description has the same shortest digits; only the layout differs.
        let parts = value.description.split(separator: "e")
        let mantissa = parts[0].split(separator: ".")
        let whole = mantissa[0]
        let fraction = mantissa.count > 1 ? mantissa[1] : ""
        let scale = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let all = Array(whole + fraction)
        let leading = all.prefix { $0 == "0" }.count
        var digits = Array(all.dropFirst(leading))
        while digits.last == "0" { digits.removeLast() }
        return (digits, whole.count - leading + scale)
    }

    private static func layout(_ digits: [Character], _ exponent: Int) -> String {
        let count = digits.count
        switch exponent {
        case count...21 where count <= 21:
            return String(digits) + String(repeating: "0", count: exponent - count)
        case 1...21:
            return String(digits[..<exponent]) + "." + String(digits[exponent...])
        case -5...0:
            return "0." + String(repeating: "0", count: -exponent) + String(digits)
        default:
            let rest = count > 1 ? "." + String(digits[1...]) : ""
            let power = exponent - 1
            return "\(digits[0])\(rest)e\(power < 0 ? "-" : "+")\(power.magnitude)"
        }
    }
}
