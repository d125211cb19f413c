/// Keeps of a text the words that a vocabulary knows and that name no one in this file.
struct TextCleaner: Sendable {
    /// What kind of words a text may have.
    enum Vocabularies: Sendable {
        /// Words that describe a head CT, and lengths.
        case description
        /// Names of manufacturers and scanners.
        case product
        /// Names of reconstruction kernels and filters.
        case kernel
        /// Short version numbers.
        case version
        /// The units of the standard for rescaled values.
        case rescaleType
    }

    /// The words of this file that may not stay.
    let tokens: IdentityTokens

    /// Folded words allowed in descriptions beside the vocabulary: those of the file's own kernel,
    /// which passed the vendor patterns.
    var kernelWords: Set<String> = []

    /// The text without the words that may not stay; nil if nothing is left.
    ///
    /// Unchanged if every word may stay; otherwise the kept words with single spaces between them.
    /// A narrative is dropped unless at least half of its words stay, since the few known words of
    /// a sentence tell nothing.
    func clean(
        _ text: String,
        _ vocabularies: Vocabularies,
        isNarrative: Bool = false
    ) -> String? {
        let words = Self.words(of: text)
        let kept = words.indices.filter { mayStay(words, at: $0, vocabularies) }
        guard kept.contains(where: { words[$0].hasLetterOrDigit }) else { return nil }
        if isNarrative, kept.count * 2 < words.count { return nil }
        if kept.count == words.count, Self.isPlain(text) { return text }
        return kept.map { words[$0].asciiText }.joined(separator: " ")
    }

    /// Whether there is nothing in the text but ASCII words and harmless punctuation.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: " ,./+-_()&%:".utf8.contains(byte)
            }
        }
    }

    private func mayStay(
        _ words: [Word],
        at index: Int,
        _ vocabularies: Vocabularies
    ) -> Bool {
        let word = words[index]
        if word.chunkDigitCount >= 4 || word.isInAddress { return false }
        switch vocabularies {
        case .product:
            return !tokens.forbiddenNames.contains(word.folded)
                && VendorPatterns.isModel(word.folded[...])
        case .kernel:
            return !tokens.forbiddenNames.contains(word.folded)
                && VendorPatterns.isKernel(word.folded[...])
        case .version:
            return VendorPatterns.isVersion(word.folded[...]) || word.folded == "syngo"
                || word.folded == "ct"
        case .rescaleType:
            return Self.rescaleTypes.contains(word.folded)
        case .description:
            return mayDescribe(words, at: index)
        }
    }

    private func mayDescribe(_ words: [Word], at index: Int) -> Bool {
        let word = words[index]
        if tokens.forbidden.contains(word.folded) { return false }
        if index > 0, Self.titles.contains(words[index - 1].folded) { return false }
        if word.isNumber { return !word.hasManyPoints && mayCount(words, at: index) }
        if word.isLength { return true }
        if Vocabulary.isDescriptive(word.folded[...]) || kernelWords.contains(word.folded) {
            return true
        }
        if let stem = word.stem, Vocabulary.isDescriptive(stem),
            !tokens.forbidden.contains(String(stem))
        {
            return true
        }
        return word.parts.count > 1
            && word.parts.allSatisfy {
                Vocabulary.isDescriptive($0[...]) && !tokens.forbidden.contains($0)
            }
    }

    /// A number without a unit of its own stays before a unit, or alone with a decimal point.
    private func mayCount(_ words: [Word], at index: Int) -> Bool {
        let hasUnit = index + 1 < words.count && Self.units.contains(words[index + 1].folded)
        if hasUnit { return true }
        return words[index].folded.contains(".") && words.count(where: \.isNumber) == 1
    }

    /// The defined terms of (0028,1054); constants, so no name is looked for in them.
    private static let rescaleTypes: Set<String> = [
        "hu", "mod", "us", "od", "mgml", "pct", "z", "eff", "ed", "edw", "iodine",
    ]

    /// Words before a name.
    private static let titles: Set<String> = [
        "dr", "doctor", "prof", "mr", "mrs", "ms", "miss", "mme", "sir", "frau", "herr", "pt",
        "pat", "patient", "name", "by", "for", "von", "van", "de", "dob", "tel", "room", "bed",
        "near", "brother", "sister", "mother", "father", "nurse", "tech",
    ]

    /// Units after which a number measures something.
    static let units: Set<String> = [
        "mm", "cm", "cc", "ml", "s", "sec", "kv", "kvp", "kev", "ma", "mas", "mgy", "hu",
    ]
}
