extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// Makes `null` from the literal `nil`.
    package init(nilLiteral: ()) { self = .null }

    /// Makes a truth value from a literal.
    package init(booleanLiteral value: Bool) { self = .bool(value) }

    /// Makes a whole number from a literal.
    package init(integerLiteral value: Int64) { self = .integer(value) }

    /// Makes a number from a literal.
    package init(floatLiteral value: Double) { self = .number(value) }

    /// Makes a text from a literal.
    package init(stringLiteral value: String) { self = .string(value) }

    /// Makes an array from a literal.
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    /// Makes an object from a literal; a repeated key is a programmer error.
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(Dictionary(uniqueKeysWithValues: elements))
    }
}
