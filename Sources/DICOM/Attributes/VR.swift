/// A value representation: the type of an attribute's value (PS3.5 section 6.2).
package enum VR: String, Sendable, Hashable, CaseIterable, Codable {
    case ae = "AE"
    case `as` = "AS"
    case at = "AT"
    case cs = "CS"
    case da = "DA"
    case ds = "DS"
    case dt = "DT"
    case fd = "FD"
    case fl = "FL"
    case `is` = "IS"
    case lo = "LO"
    case lt = "LT"
    case ob = "OB"
    case od = "OD"
    case of = "OF"
    case ol = "OL"
    case ov = "OV"
    case ow = "OW"
    case pn = "PN"
    case sh = "SH"
    case sl = "SL"
    case sq = "SQ"
    case ss = "SS"
    case st = "ST"
    case sv = "SV"
    case tm = "TM"
    case uc = "UC"
    case ui = "UI"
    case ul = "UL"
    case un = "UN"
    case ur = "UR"
    case us = "US"
    case ut = "UT"
    case uv = "UV"

    /// Makes the representation named by two ASCII letters, or nil if there is none.
    package init?(_ first: UInt8, _ second: UInt8) {
        guard Self.isLetter(first), Self.isLetter(second) else { return nil }
        guard let found = Self.byLetters[Int(first - 0x41) * 26 + Int(second - 0x41)] else {
            return nil
        }
        self = found
    }

    /// Whether a byte is an ASCII capital.
    static func isLetter(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }

    private static let byLetters: [VR?] = {
        var table = [VR?](repeating: nil, count: 26 * 26)
        for vr in allCases {
            table[vr.rawValue.utf8.reduce(0) { $0 * 26 + Int($1) - 0x41 }] = vr
        }
        return table
    }()

    /// Whether the explicit form has two reserved bytes and a 32-bit length.
    package var hasLongLength: Bool {
        switch self {
        case .ob, .od, .of, .ol, .ov, .ow, .sq, .sv, .uc, .un, .ur, .ut, .uv: true
        default: false
        }
    }

    /// The bytes in which one number is stored, to swap for big endian; 1 for text and bytes.
    package var swapUnit: Int {
        switch self {
        case .at, .ow, .ss, .us: 2
        case .fl, .of, .ol, .sl, .ul: 4
        case .fd, .od, .ov, .sv, .uv: 8
        default: 1
        }
    }

    /// Whether the value is text.
    package var isText: Bool { swapUnit == 1 && self != .ob && self != .un && self != .sq }

    /// Whether text is encoded in the specific character set instead of ASCII.
    package var usesCharacterSet: Bool {
        switch self {
        case .lo, .lt, .pn, .sh, .st, .uc, .ut: true
        default: false
        }
    }

    /// Whether a backslash separates values in the text.
    package var isMultiValuedText: Bool {
        switch self {
        case .lt, .st, .ur, .ut: false
        default: isText
        }
    }

    /// The byte that makes the length of a value even: NUL for UI and bytes, else a space.
    package var paddingByte: UInt8 { isText && self != .ui ? 0x20 : 0x00 }
}
