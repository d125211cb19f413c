/// The forms of kernel names, versions and models that vendors use, beside known words.
enum VendorPatterns {
    /// Whether a folded word is the name of a kernel or filter.
    ///
    /// Siemens `h31s`, `hr40f`, `j30s`, `3`; Canon `fc26`; Hitachi `32`; else a known word.
    static func isKernel(_ word: Substring) -> Bool {
        if Vocabulary.isKernel(word) { return true }
        let bytes = Array(word.utf8)
        let head = bytes.prefix { isLetter($0) }
        let digits = bytes.dropFirst(head.count).prefix { isDigit($0) }
        let tail = bytes.dropFirst(head.count + digits.count)
        guard digits.count == bytes.count - head.count - tail.count, tail.allSatisfy(isLetter)
        else { return false }
        switch (head.count, digits.count, tail.count) {
        case (0, 1...2, 0): return true
        case (1, 2, 0...1): return "bfhijqtuedv".utf8.contains(head[0])
        case (2, 2, 0...1): return siemensHeads.contains(String(decoding: head, as: UTF8.self))
        default: return false
        }
    }

    /// Whether a folded word names a kernel by its form alone, which a description may quote:
    /// `h31s`, `hr40f`, `fc21`, but neither a bare number nor a word.
    static func isKernelCode(_ word: Substring) -> Bool {
        let bytes = Array(word.utf8)
        let head = bytes.prefix { isLetter($0) }
        let tail = bytes.dropFirst(head.count).drop { isDigit($0) }
        guard bytes.count - head.count - tail.count == 2, tail.allSatisfy(isLetter) else {
            return false
        }
        switch (head.count, tail.count) {
        case (1, 1):
            return "bhfjiqtu".utf8.contains(head[0]) && "sfhamn".utf8.contains(tail.first ?? 0)
        case (2, 0...1): return siemensHeads.contains(String(decoding: head, as: UTF8.self))
        default: return false
        }
    }

    /// Whether a folded word is a version, as far as the vendors' forms go.
    ///
    /// `4.1.3`, `v3.05`; Siemens `va50a`, `2012b`, `sp2`; GE `12hw28.5`, `gmp_vct.42`, `22bc`;
    /// Canon `v4.93er001`. A number of more than three digits is none.
    static func isVersion(_ word: Substring) -> Bool {
        versionWords.contains(String(word)) || isPointedVersion(word)
            || versionShapes.contains(shape(word)) && !ageSuffixes.contains(word.suffix(2))
    }

    private static func isPointedVersion(_ word: Substring) -> Bool {
        let bytes = Array(word.utf8)
        let digits = bytes.drop { $0 == 0x76 }
        let count = digits.count { isDigit($0) }
        return bytes.count - digits.count <= 1 && (1...3).contains(count)
            && digits.allSatisfy { isDigit($0) || $0 == 0x2E } && isDigit(digits.first ?? 0)
            && isDigit(digits.last ?? 0)
    }

    /// A word with `9` for each digit and `a` for each letter but a leading `v`, `sp` and `er`.
    private static func shape(_ word: Substring) -> String {
        var shape = ""
        for character in word {
            shape.append(character.isNumber ? "9" : character.isLetter ? "a" : character)
        }
        if word.hasPrefix("v") { shape = "v" + shape.dropFirst() }
        if word.hasPrefix("sp") { shape = "sp" + shape.dropFirst(2) }
        if word.hasPrefix("20") { shape = "20" + shape.dropFirst(2) }
        if word.contains("er") { shape = shape.replacing("aa", with: "er") }
        return shape
    }

    private static let versionShapes: Set<String> = [
        "va99", "va99a", "2099a", "sp9", "sp99", "99aa99.9", "99aa99.99", "99aa99", "99aa",
        "v9.99er999", "v9.9er999",
    ]

    /// `94yo` has the shape of a version, and is an age.
    private static let ageSuffixes: Set<Substring> = ["yo", "yr", "ys", "mo", "wk", "jr"]

    private static let versionWords: Set<String> = [
        "syngo", "ct", "gmp", "sles", "hde", "vct", "revo", "qin", "xeleris", "release", "version",
        "build", "rev", "mx8000",
    ]

    /// Whether a folded word belongs to the name of a scanner: a known word, or a row count.
    ///
    /// `64`, `ct660` and `mx16` pass; a number of four digits or after other letters does not.
    static func isModel(_ word: Substring) -> Bool {
        if Vocabulary.isProduct(word) || modelNumbers.contains(word) { return true }
        let bytes = Array(word.utf8)
        let head = bytes.prefix { isLetter($0) }
        let tail = bytes.dropFirst(head.count)
        guard (1...3).contains(tail.count), tail.allSatisfy(isDigit) else { return false }
        return head.isEmpty || head.count >= 2 && Vocabulary.isProduct(word.prefix(head.count))
    }

    /// Numbers of four digits in the names of scanners, among them the years of revisions.
    static let modelNumbers: Set<Substring> = [
        "5000", "6000", "8000", "2007", "2010", "4000", "9000", "mx8000", "pq5000", "7800",
    ]

    private static let siemensHeads: Set<String> = [
        "hr", "hc", "hf", "hk", "hn", "hv", "hp", "br", "bf", "bl", "bv", "bm", "bn", "qr", "ur",
        "ub", "tr", "sa", "fc", "fl", "ju", "eb", "dr", "du",
    ]

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
