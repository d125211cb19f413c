/// Strict RFC 8259 reader: no comments, no trailing commas, no duplicate keys, no lone surrogates.
struct JSONParser {
    private let bytes: [UInt8]
    private let limits: JSONLimits
    private var offset = 0

    init(_ bytes: [UInt8], limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func document() throws(JSONError) -> JSONValue {
        guard bytes.count <= limits.maximumBytes else {
            throw JSONError(.tooLarge, offset: limits.maximumBytes)
        }
        let value = try value(depth: 0)
        skipSpace()
        guard offset == bytes.count else { throw JSONError(.trailingBytes, offset: offset) }
        return value
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        skipSpace()
        switch try peek() {
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try array(depth: depth + 1)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
        try enter(depth)
        var members: [String: JSONValue] = [:]
        skipSpace()
        if try take(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            skipSpace()
            let start = offset
            guard try peek() == UInt8(ascii: "\"") else { throw unexpected() }
            let key = try string()
            skipSpace()
            guard try take(UInt8(ascii: ":")) else { throw unexpected() }
            let value = try value(depth: depth)
            guard members.updateValue(value, forKey: key) == nil else {
                throw JSONError(.duplicateKey, offset: start)
            }
            skipSpace()
        } while try take(UInt8(ascii: ","))
        guard try take(UInt8(ascii: "}")) else { throw unexpected() }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
        try enter(depth)
        var elements: [JSONValue] = []
        skipSpace()
        if try take(UInt8(ascii: "]")) { return .array(elements) }
        repeat {
            elements.append(try value(depth: depth))
            skipSpace()
        } while try take(UInt8(ascii: ","))
        guard try take(UInt8(ascii: "]")) else { throw unexpected() }
        return .array(elements)
    }

    private mutating func enter(_ depth: Int) throws(JSONError) {
        guard depth <= limits.maximumDepth else { throw JSONError(.tooDeep, offset: offset) }
        offset += 1
    }

    private mutating func word(_ text: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
        for byte in text.utf8 where try !take(byte) { throw unexpected() }
        return value
    }

    private mutating func skipSpace() {
        while offset < bytes.count {
            let byte = bytes[offset]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            offset += 1
        }
    }

    private func peek() throws(JSONError) -> UInt8 {
        guard offset < bytes.count else { throw JSONError(.unexpectedEnd, offset: offset) }
        return bytes[offset]
    }

    private mutating func take(_ byte: UInt8) throws(JSONError) -> Bool {
        guard try peek() == byte else { return false }
        offset += 1
        return true
    }

    private func unexpected() -> JSONError { JSONError(.unexpectedByte, offset: offset) }
}

// MARK: Numbers

extension JSONParser {
    private mutating func number() throws(JSONError) -> JSONValue {
        let start = offset
        _ = try take(UInt8(ascii: "-"))
        let first = offset
        _ = try peek()
        let count = digits()
        guard count > 0 else {
            throw JSONError(start == offset ? .unexpectedByte : .invalidNumber, offset: offset)
        }
        guard count == 1 || bytes[first] != UInt8(ascii: "0") else {
            throw JSONError(.invalidNumber, offset: start)
        }
        let isWhole = try !fractionAndExponent()
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        if isWhole {
            guard let value = Int64(text), value.magnitude <= JSONValue.largestSafeInteger.magnitude
            else { throw JSONError(.unsafeInteger, offset: start) }
            return .integer(value)
        }
        guard let value = Double(text), value.isFinite else {
            throw JSONError(.invalidNumber, offset: start)
        }
        return .number(value)
    }

    /// Moves over the fraction and exponent; true when there was one.
    private mutating func fractionAndExponent() throws(JSONError) -> Bool {
        let start = offset
        if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
            offset += 1
            guard digits() > 0 else { throw JSONError(.invalidNumber, offset: offset) }
        }
        if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") {
            offset += 1
            if offset < bytes.count, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes[offset])
            {
                offset += 1
            }
            guard digits() > 0 else { throw JSONError(.invalidNumber, offset: offset) }
        }
        return offset > start
    }

    private mutating func digits() -> Int {
        let start = offset
        while offset < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[offset])
        {
            offset += 1
        }
        return offset - start
    }
}

// MARK: Strings

extension JSONParser {
    private mutating func string() throws(JSONError) -> String {
        let start = offset
        offset += 1
        var text: [UInt8] = []
        while true {
            let byte = try peek()
            switch byte {
            case UInt8(ascii: "\""):
                offset += 1
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw JSONError(.invalidUTF8, offset: start)
                }
                return string
            case UInt8(ascii: "\\"):
                offset += 1
                try escape(into: &text)
            case ..<0x20:
                throw unexpected()
            default:
                text.append(byte)
                offset += 1
            }
        }
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
        let start = offset - 1
        let kind = try peek()
        offset += 1
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(kind)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            guard let scalar = try Unicode.Scalar(codePoint(from: start)) else {
                throw JSONError(.invalidEscape, offset: start)
            }
            text.append(contentsOf: Array(String(Character(scalar)).utf8))
        default: throw JSONError(.invalidEscape, offset: start)
        }
    }

    /// The code point of `\uXXXX`, joined with the second half of a surrogate pair.
    private mutating func codePoint(from start: Int) throws(JSONError) -> UInt32 {
        let high = try hexadecimal(from: start)
        guard (0xD800..<0xDC00).contains(high) else { return high }
        guard try take(UInt8(ascii: "\\")), try take(UInt8(ascii: "u")) else {
            throw JSONError(.invalidEscape, offset: start)
        }
        let low = try hexadecimal(from: start)
        guard (0xDC00..<0xE000).contains(low) else {
            throw JSONError(.invalidEscape, offset: start)
        }
        return 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)
    }

    private mutating func hexadecimal(from start: Int) throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(try peek())).hexDigitValue else {
                throw JSONError(.invalidEscape, offset: start)
            }
            value = value << 4 | UInt32(digit)
            offset += 1
        }
        return value
    }
}
