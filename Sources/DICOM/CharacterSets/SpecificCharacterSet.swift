/// The encoding of the text of a data set: the value of (0008,0005) (PS3.3 section C.12.1.1.2).
package struct SpecificCharacterSet: Hashable, Sendable {
    /// The defined terms, such as `ISO_IR 100`, or an empty one and `ISO 2022 IR 87`.
    package let terms: [String]

    /// The kind of code that the terms ask for.
    let code: TextCode

    /// Whether every term is one that the standard defines.
    package let isKnown: Bool

    /// Makes the character set of these defined terms; none means the default repertoire.
    ///
    /// Spellings with other separators (`ISO-IR 100`, `ISO_IR_100`), common in old files, are
    /// understood; an unknown term counts as the default repertoire.
    package init(terms: [String]) {
        self.terms = terms == [""] ? [] : terms
        (code, isKnown) = TextCode.resolve(self.terms)
    }

    /// Makes the character set from the bytes of (0008,0005).
    init(elementValue bytes: [UInt8]) {
        let terms = bytes.split(separator: 0x5C, omittingEmptySubsequences: false).map { term in
            String(decoding: term, as: UTF8.self).trimmingASCIIPadding()
        }
        self.init(terms: terms)
    }

    /// The default repertoire: ASCII.
    package static let `default` = SpecificCharacterSet(terms: [])

    /// UTF-8.
    package static let utf8 = SpecificCharacterSet(terms: ["ISO_IR 192"])

    /// The Latin alphabet of Western Europe.
    package static let latin1 = SpecificCharacterSet(terms: ["ISO_IR 100"])

    /// The text that these bytes stand for; bytes without a meaning become U+FFFD.
    ///
    /// Bytes from 0x80 in the default repertoire, which the standard forbids and scanners write,
    /// are read as UTF-8 if they are valid, else as Latin-1, so that no name goes unseen.
    package func decode(_ bytes: ArraySlice<UInt8>, vr: VR) -> String {
        values(bytes, vr: vr, isDivided: false).first ?? ""
    }

    /// The values that these bytes stand for, divided at backslashes where `vr` has several.
    package func decodeValues(_ bytes: ArraySlice<UInt8>, vr: VR) -> [String] {
        values(bytes, vr: vr, isDivided: vr.isMultiValuedText)
    }

    /// The bytes of a text, without padding; nil if the character set lacks a character.
    package func encode(_ text: String, vr: VR) -> [UInt8]? {
        if text.utf8.allSatisfy({ $0 < 0x80 && $0 != 0x1B }), code.isASCIICompatible {
            return Array(text.utf8)
        }
        guard vr.usesCharacterSet else { return nil }
        switch code {
        case .utf8: return Array(text.utf8)
        case .whole(let encoding): return TextConverter.encode(text, to: encoding)
        case .extended(let extended): return extended.encode(text, vr: vr)
        }
    }

    private func values(_ bytes: ArraySlice<UInt8>, vr: VR, isDivided: Bool) -> [String] {
        let isPlain = bytes.allSatisfy { $0 < 0x80 && $0 != 0x1B }
        if !vr.usesCharacterSet || (isPlain && code.isASCIICompatible) {
            return Self.divide(bytes, if: isDivided).map { CodeExtension.decodeUnspecified($0) }
        }
        switch code {
        case .utf8:
            return Self.divide(bytes, if: isDivided).map { String(decoding: $0, as: UTF8.self) }
        case .whole(let encoding):
            // The second byte of a character may be a backslash, so the text is divided.
            let text = TextConverter.decode(Array(bytes), from: encoding)
            guard isDivided else { return [text] }
            return text.split(separator: "\\", omittingEmptySubsequences: false).map(String.init)
        case .extended(let extended):
            return extended.decode(bytes, vr: vr, isDivided: isDivided)
        }
    }

    private static func divide(
        _ bytes: ArraySlice<UInt8>,
        if isDivided: Bool
    ) -> [ArraySlice<UInt8>] {
        isDivided ? bytes.split(separator: 0x5C, omittingEmptySubsequences: false) : [bytes]
    }
}
