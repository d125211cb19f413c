import CanonicalJSON

/// Plain (unquoted) scalars by the core schema of YAML 1.2, section 10.3.2, decimal only.
enum PlainScalar {
    /// The value the text stands for; text where it is nothing else.
    static func value(of text: String) -> JSONValue {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        default: break
        }
        guard isNumber(text) else { return .string(text) }
        if let integer = Int64(text) { return .integer(integer) }
        guard let number = Double(text), number.isFinite else { return .string(text) }
        return .number(number)
    }

    // [-+]? ( [0-9]+ ( \. [0-9]* )? | \. [0-9]+ ) ( [eE] [-+]? [0-9]+ )? without leading zeros:
    // 012 is octal to some readers and decimal to others.
    private static func isNumber(_ text: String) -> Bool {
        var rest = Substring(text)
        if let sign = rest.first, "+-".contains(sign) { rest.removeFirst() }
        let whole = rest.prefix(while: isDigit)
        rest = rest.dropFirst(whole.count)
        guard whole.count < 2 || whole.first != "0" else { return false }
        var fractionCount = 0
        if rest.first == "." {
            rest.removeFirst()
            fractionCount = rest.prefix(while: isDigit).count
            rest = rest.dropFirst(fractionCount)
        }
        guard whole.count + fractionCount > 0 else { return false }
        guard let exponent = rest.first else { return true }
        guard exponent == "e" || exponent == "E" else { return false }
        rest.removeFirst()
        if let sign = rest.first, "+-".contains(sign) { rest.removeFirst() }
        return !rest.isEmpty && rest.allSatisfy(isDigit)
    }

    private static func isDigit(_ character: Character) -> Bool {
        ("0"..."9").contains(character)
    }
}
