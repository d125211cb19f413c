import Foundation

/// The comparison form of text: lower case, without accents, letters and digits only.
enum TextFolding {
    /// The text in lower case without accents, ligatures spelled out; other signs stay.
    static func fold(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
        let plain = text.folding(
            options: [.diacriticInsensitive, .caseInsensitive, .widthInsensitive],
            locale: nil
        )
        var folded = ""
        for character in plain {
            folded += special[character] ?? String(character)
        }
        return folded.lowercased()
    }

    /// The text with accents taken off and other characters beyond ASCII left out.
    static func ascii(_ text: String) -> String {
        if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return text }
        let plain = text.folding(options: [.diacriticInsensitive, .widthInsensitive], locale: nil)
        let kept = plain.flatMap { special[$0] ?? String($0) }.filter { character in
            character.asciiValue.map { (0x20...0x7E).contains($0) } ?? false
        }
        return String(kept).trimmingSpaces()
    }

    /// The runs of letters and digits of a text that is folded already.
    static func words(_ folded: String) -> [Substring] {
        folded.split { !($0.isLetter || $0.isNumber) }
    }

    /// The ways a name is spelled without its umlauts: `mueller` beside `muller`.
    static func transliterations(_ text: String) -> [String] {
        let lower = text.lowercased()
        guard lower.contains(where: { umlauts[$0] != nil }) else { return [] }
        return [fold(lower.map { umlauts[$0] ?? String($0) }.joined())]
    }

    private static let special: [Character: String] = [
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th",
        "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n",
    ]

    private static let umlauts: [Character: String] = [
        "ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "ñ": "n",
    ]
}
