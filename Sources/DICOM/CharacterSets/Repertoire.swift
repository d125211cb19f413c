/// One coded character set of ISO 2022 with its escape sequence (PS3.3 tables C.12-3 and C.12-4).
struct Repertoire: Hashable, Sendable {
    /// The half of the code table that a set is called into.
    enum Half: Hashable, Sendable {
        /// Bytes below 0x80.
        case low
        /// Bytes from 0x80.
        case high
    }

    /// How bytes become characters.
    enum Mapping: Hashable, Sendable {
        /// The code points are those of ASCII or of Latin-1.
        case identity
        /// JIS X 0201 Roman: ASCII with a yen sign and an overline.
        case roman
        /// JIS X 0201 katakana, a run of half-width forms in Unicode.
        case katakana
        /// The converter of the C library of this name, for one-byte sets and pairs in the high half.
        case converter(String)
        /// Pairs in the low half: with these bytes before, and their high bits set, in EUC-JP.
        case pairs(prefix: [UInt8])
    }

    /// The number in the defined terms, such as `100`.
    let number: String

    /// The half of the code table.
    let half: Half

    /// The bytes after ESC that call the set in.
    let escape: [UInt8]

    /// The bytes of one character.
    let width: Int

    /// How bytes become characters.
    let mapping: Mapping

    private init(_ number: String, _ escape: String, _ mapping: Mapping, width: Int = 1) {
        self.number = number
        self.escape = Array(escape.utf8)
        self.width = width
        self.mapping = mapping
        half = escape.contains("-") || escape.contains(")") ? .high : .low
    }

    /// ASCII.
    static let ascii = Repertoire("6", "(B", .identity)

    /// Every set, in the order of the tables.
    static let all: [Repertoire] = [
        ascii,
        Repertoire("100", "-A", .identity),
        Repertoire("101", "-B", .converter("ISO-8859-2")),
        Repertoire("109", "-C", .converter("ISO-8859-3")),
        Repertoire("110", "-D", .converter("ISO-8859-4")),
        Repertoire("144", "-L", .converter("ISO-8859-5")),
        Repertoire("127", "-G", .converter("ISO-8859-6")),
        Repertoire("126", "-F", .converter("ISO-8859-7")),
        Repertoire("138", "-H", .converter("ISO-8859-8")),
        Repertoire("148", "-M", .converter("ISO-8859-9")),
        Repertoire("203", "-b", .converter("ISO-8859-15")),
        Repertoire("166", "-T", .converter("TIS-620")),
        Repertoire("13", "(J", .roman),
        Repertoire("13", ")I", .katakana),
        Repertoire("87", "$B", .pairs(prefix: []), width: 2),
        Repertoire("87", "$@", .pairs(prefix: []), width: 2),
        Repertoire("159", "$(D", .pairs(prefix: [0x8F]), width: 2),
        Repertoire("149", "$)C", .converter("EUC-KR"), width: 2),
        Repertoire("58", "$)A", .converter("EUC-CN"), width: 2),
    ]

    /// The set whose escape sequence stands at the start of `bytes`, after ESC.
    static func called(by bytes: ArraySlice<UInt8>) -> Repertoire? {
        all.first { bytes.starts(with: $0.escape) }
    }

    /// The characters of a run of bytes of this set; U+FFFD for bytes without a meaning.
    func decode(_ bytes: [UInt8]) -> String {
        switch mapping {
        case .identity: Self.scalars(bytes) { UInt32($0) }
        case .roman: Self.scalars(bytes) { $0 == 0x5C ? 0xA5 : $0 == 0x7E ? 0x203E : UInt32($0) }
        case .katakana:
            Self.scalars(bytes) { (0xA1...0xDF).contains($0) ? 0xFF61 + UInt32($0) - 0xA1 : 0xFFFD }
        case .converter(let name): TextConverter.decode(bytes, from: name)
        case .pairs(let prefix): Self.decodePairs(bytes, prefix: prefix)
        }
    }

    /// The bytes of a character in this set; nil if it lacks the character.
    func encode(_ scalar: Unicode.Scalar) -> [UInt8]? {
        let code = scalar.value
        switch mapping {
        case .identity:
            let codes: ClosedRange<UInt32> = half == .low ? 0x00...0x7F : 0x80...0xFF
            return codes.contains(code) ? [UInt8(code)] : nil
        case .roman:
            if code == 0xA5 { return [0x5C] }
            if code == 0x203E { return [0x7E] }
            return code < 0x80 && code != 0x5C && code != 0x7E ? [UInt8(code)] : nil
        case .katakana:
            return (0xFF61...0xFF9F).contains(code) ? [UInt8(code - 0xFF61 + 0xA1)] : nil
        case .converter(let name):
            guard code >= 0x80 else { return nil }
            return TextConverter.encode(String(scalar), to: name)
        case .pairs(let prefix):
            guard let bytes = TextConverter.encode(String(scalar), to: "EUC-JP"),
                bytes.count == prefix.count + 2, bytes.starts(with: prefix), bytes[0] != 0x8E
            else { return nil }
            return bytes.suffix(2).map { $0 & 0x7F }
        }
    }

    private static func scalars(_ bytes: [UInt8], _ code: (UInt8) -> UInt32) -> String {
        var view = String.UnicodeScalarView()
        for byte in bytes { view.append(Unicode.Scalar(code(byte)) ?? "\u{FFFD}") }
        return String(view)
    }

    private static func decodePairs(_ bytes: [UInt8], prefix: [UInt8]) -> String {
        var extended: [UInt8] = []
        for start in stride(from: 0, to: bytes.count - 1, by: 2) {
            extended += prefix
            extended.append(bytes[start] | 0x80)
            extended.append(bytes[start + 1] | 0x80)
        }
        let text = TextConverter.decode(extended, from: "EUC-JP")
        return bytes.count.isMultiple(of: 2) ? text : text + "\u{FFFD}"
    }
}
