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
        /// Categories of ethnic groups.
        case ethnicGroup
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
        var kept = words.indices.filter { mayStay(words, at: $0, vocabularies) }
        if [.product, .kernel, .version].contains(vocabularies) {
            kept = Self.withoutStrays(kept, of: words)
        }
        if tokens.isScatteredRecordNumber(kept.map { words[$0].folded }.joined()) {
            kept = kept.filter { !words[$0].folded.contains(where: \.isNumber) }
        }
        guard kept.contains(where: { words[$0].hasLetterOrDigit }) else { return nil }
        if isNarrative, kept.count * 2 < words.count { return nil }
        if kept.count == words.count, Self.isPlain(text) { return text }
        return kept.map { words[$0].plainText }.joined(separator: " ")
    }

    /// Whether there is nothing in the text but Latin words and harmless punctuation.
    private static func isPlain(_ text: String) -> Bool {
        TextFolding.isLatin(text)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...0xFF: true
                default: " ,./+-_()&%:^".utf8.contains(byte)
                }
            }
    }

    private func mayStay(
        _ words: [Word],
        at index: Int,
        _ vocabularies: Vocabularies
    ) -> Bool {
        let word = words[index]
        if word.isInAddress { return false }
        if vocabularies == .version { return isVersion(word) }
        if word.chunkDigitCount >= 4 {
            return vocabularies == .product
                && VendorPatterns.modelNumbers.contains(word.folded[...])
                && !tokens.isRecordNumber(word.folded)
        }
        switch vocabularies {
        case .product:
            return !tokens.forbiddenNames.contains(word.folded)
                && VendorPatterns.isModel(word.folded[...])
        case .kernel:
            return !tokens.forbiddenNames.contains(word.folded)
                && VendorPatterns.isKernel(word.folded[...])
        case .version: return isVersion(word)
        case .rescaleType:
            return Self.rescaleTypes.contains(word.folded)
        case .ethnicGroup:
            return Vocabulary.isEthnicGroup(word.folded[...])
                && !tokens.forbidden.contains(word.folded)
        case .description:
            return mayDescribe(words, at: index)
        }
    }

    /// Without numbers and single letters that say nothing by themselves: those beside a word that
    /// goes (`94` of `94 y.o.`), and numbers of which there are several (`918 869 28`).
    private static func withoutStrays(_ kept: [Int], of words: [Word]) -> [Int] {
        let stays = Set(kept)
        let isOneNumber = kept.count { words[$0].isNumber } == 1
        return kept.filter { index in
            if words[index].isNumber, !isOneNumber { return false }
            let isPointed = words[index].folded.contains(".")
            guard words[index].isNumber && !isPointed || words[index].folded.count == 1 else {
                return true
            }
            return [index - 1, index + 1].allSatisfy {
                !words.indices.contains($0) || stays.contains($0)
            }
        }
    }

    private func isVersion(_ word: Word) -> Bool {
        VendorPatterns.isVersion(word.folded[...]) && !tokens.forbiddenNames.contains(word.folded)
            && !tokens.isRecordNumber(word.folded)
    }

    private func mayDescribe(_ words: [Word], at index: Int) -> Bool {
        let word = words[index]
        if tokens.forbidden.contains(word.folded) { return false }
        if index > 0, Self.titles.contains(words[index - 1].folded) { return false }
        if word.isNumber { return !word.hasManyPoints && mayCount(words, at: index) }
        if word.isLength { return true }
        if Vocabulary.isDescriptive(word.folded[...]) || kernelWords.contains(word.folded)
            || VendorPatterns.isKernelCode(word.folded[...])
        {
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

    /// A number without a unit of its own stays before a unit, after an agent whose concentration
    /// it is, alone with a decimal point, as the file's kernel, or as the only digit of its kind.
    private func mayCount(_ words: [Word], at index: Int) -> Bool {
        let number = words[index].folded
        if index + 1 < words.count, Self.units.contains(words[index + 1].folded) { return true }
        if index > 0, Self.concentrations.contains(number),
            Vocabulary.isContrastAgent(words[index - 1].folded[...])
        {
            return true
        }
        let bare = words.indices.filter { place in
            words[place].isNumber
                && !(place + 1 < words.count && Self.units.contains(words[place + 1].folded))
        }
        if number.contains(".") || kernelWords.contains(number) { return bare.count == 1 }
        return number.utf8.count == 1 && bare.count == 1 && hasKeptNeighbours(words, at: index)
    }

    /// Whether the words on both sides, as far as there are any, stay: `bed 3` is no phase.
    private func hasKeptNeighbours(_ words: [Word], at index: Int) -> Bool {
        [index - 1, index + 1].filter(words.indices.contains).allSatisfy { place in
            !words[place].isNumber && mayDescribe(words, at: place)
        }
    }

    /// Milligrams of iodine in a millilitre of a contrast agent, as sold.
    private static let concentrations: Set<String> = [
        "240", "270", "300", "320", "350", "370", "400",
    ]

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
