extension TextCleaner {
    /// One run of letters and digits of a text, with what its surroundings tell.
    struct Word: Sendable {
        /// The word as written.
        let text: String
        /// The word folded.
        let folded: String
        /// The parts of a word in camel case, folded; one part for other words.
        let parts: [String]
        /// The digits between the spaces around the word, without leading zeros of numbers.
        let chunkDigitCount: Int
        /// Whether the run between spaces has the sign of an e-mail address or a link.
        let isInAddress: Bool

        /// Whether the word is a number such as `5` or `3.0`.
        var isNumber: Bool {
            folded.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
        }

        /// Whether the number has more than one point, as dates and versions have.
        var hasManyPoints: Bool { folded.utf8.count { $0 == 0x2E } > 1 }

        /// Whether the word is a number with its unit, such as `5mm`.
        var isLength: Bool {
            let unit = folded.drop { $0.isASCII && ($0.isNumber || $0 == ".") }
            return unit.count < folded.count && TextCleaner.units.contains(String(unit))
        }

        var hasLetterOrDigit: Bool { folded.contains { $0.isLetter || $0.isNumber } }

        /// The word as written if its letters are Latin, which every reader shows, else folded.
        var plainText: String { TextFolding.latin(text) }

        /// The word without one or two digits at its end: `window` of `WINDOW2`.
        var stem: Substring? {
            let stem = folded.reversed().drop { $0.isASCII && $0.isNumber }
            let digits = folded.count - stem.count
            return (1...2).contains(digits) && stem.count >= 4 ? folded.dropLast(digits) : nil
        }
    }

    /// The words of a text in order; a point between digits belongs to the number.
    static func words(of text: String) -> [Word] {
        text.split(whereSeparator: \.isWhitespace).flatMap { chunk in
            let digits = digitCount(chunk)
            let isAddress = chunk.contains("@") || chunk.contains("://")
            return runs(of: chunk).map { run in
                let parts = camelParts(run).map { TextFolding.fold(String($0)) }
                return Word(
                    text: String(run),
                    folded: TextFolding.fold(String(run)),
                    parts: parts,
                    chunkDigitCount: digits,
                    isInAddress: isAddress
                )
            }
        }
    }

    /// The digits of a run, without the zeros that begin its numbers.
    private static func digitCount(_ chunk: Substring) -> Int {
        var count = 0
        var isLeading = true
        for character in chunk {
            if character.isNumber {
                if character != "0" || !isLeading { count += 1 }
                if character != "0" { isLeading = false }
            } else if character != "." {
                isLeading = true
            }
        }
        return count
    }

    /// The runs of letters and digits; `w/o` is one word, since `w` alone says the opposite.
    private static func runs(of chunk: Substring) -> [Substring] {
        let folded = chunk.lowercased()
        if ["w/o", "w.o.", "w/wo", "w/", "w/o,", "c-", "c+"].contains(folded) { return [chunk] }
        if folded.hasPrefix("w/o"), folded.dropFirst(3).first.map({ !$0.isLetter }) ?? false {
            return [chunk.prefix(3)] + runs(of: chunk.dropFirst(3))
        }
        if folded.hasSuffix("w/o"), folded.dropLast(3).last.map({ !$0.isLetter }) ?? false {
            return runs(of: chunk.dropLast(3)) + [chunk.suffix(3)]
        }
        var runs: [Substring] = []
        var start: String.Index?
        var index = chunk.startIndex
        while index < chunk.endIndex {
            let isWord =
                chunk[index].isLetter || chunk[index].isNumber
                || isDecimalPoint(chunk, at: index)
            if isWord, start == nil { start = index }
            if !isWord, let first = start {
                runs.append(chunk[first..<index])
                start = nil
            }
            index = chunk.index(after: index)
        }
        if let first = start { runs.append(chunk[first...]) }
        return runs
    }

    private static func isDecimalPoint(_ chunk: Substring, at index: String.Index) -> Bool {
        guard chunk[index] == ".", index > chunk.startIndex else { return false }
        let next = chunk.index(after: index)
        return next < chunk.endIndex && chunk[next].isNumber
            && chunk[chunk.index(before: index)].isNumber
    }

    private static func camelParts(_ run: Substring) -> [Substring] {
        var parts: [Substring] = []
        var start = run.startIndex
        var previous: Character?
        for index in run.indices {
            if let previous, previous.isLowercase, run[index].isUppercase {
                parts.append(run[start..<index])
                start = index
            }
            previous = run[index]
        }
        parts.append(run[start...])
        return parts
    }
}
