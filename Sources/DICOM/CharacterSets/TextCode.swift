/// What the terms of a specific character set amount to.
enum TextCode: Hashable, Sendable {
    /// UTF-8.
    case utf8
    /// An encoding of the C library for whole texts, without code extensions.
    case whole(String)
    /// One-byte sets and code extensions by escape sequences.
    case extended(CodeExtension)

    /// Whether bytes below 0x80, without escapes, are ASCII.
    var isASCIICompatible: Bool {
        guard case .extended(let extended) = self else { return true }
        return extended.low == .ascii
    }

    /// The code of defined terms, and whether all are known.
    static func resolve(_ terms: [String]) -> (code: TextCode, isKnown: Bool) {
        let numbers = terms.map(number)
        let isKnown = numbers.allSatisfy { $0 != nil }
        switch numbers.first ?? "6" {
        case "192": return (.utf8, isKnown)
        case "GB18030": return (.whole("GB18030"), isKnown)
        case "GBK": return (.whole("GBK"), isKnown)
        default: return (.extended(CodeExtension(numbers.compactMap(\.self))), isKnown)
        }
    }

    /// The number of a term, or the term itself where it has none; nil if it is unknown.
    private static func number(_ term: String) -> String? {
        if term.isEmpty { return "6" }
        let words = term.uppercased().split { " _-".contains($0) }
        if words.count == 1, words[0] == "GB18030" || words[0] == "GBK" { return String(words[0]) }
        guard let last = words.last,
            words.dropLast() == ["ISO", "IR"]
                || words.dropLast() == ["ISO", "2022", "IR"]
        else { return nil }
        let number = String(last)
        return number == "192" || Repertoire.all.contains { $0.number == number } ? number : nil
    }
}
