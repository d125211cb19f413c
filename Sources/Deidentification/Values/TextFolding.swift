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

    /// The text as it is if it is of Latin letters, else its Latin letters without accents.
    static func latin(_ text: String) -> String {
        if isLatin(text) { return text }
        let plain = text.folding(options: [.diacriticInsensitive, .widthInsensitive], locale: nil)
        return String(plain.filter { isLatin(String($0)) }).trimmingSpaces()
    }

    /// Whether every character is printable ASCII or a letter of Latin-1 or Latin Extended-A.
    static func isLatin(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            case 0x20...0x7E, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x17F: true
            default: false
            }
        }
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
