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

    /// Whether a folded word is a version such as `v3.05` or `4.1.3`, of at most three digits.
    static func isVersion(_ word: Substring) -> Bool {
        let bytes = Array(word.utf8)
        let digits = bytes.drop { $0 == 0x76 }
        let count = digits.count { isDigit($0) }
        return bytes.count - digits.count <= 1 && (1...3).contains(count)
            && digits.allSatisfy { isDigit($0) || $0 == 0x2E } && isDigit(digits.first ?? 0)
            && isDigit(digits.last ?? 0)
    }

    /// Whether a folded word belongs to the name of a scanner: a known word, or a row count.
    ///
    /// `64`, `ct660` and `mx16` pass; a number of four digits or after other letters does not.
    static func isModel(_ word: Substring) -> Bool {
        if Vocabulary.isProduct(word) { return true }
        let bytes = Array(word.utf8)
        let head = bytes.prefix { isLetter($0) }
        let tail = bytes.dropFirst(head.count)
        guard (1...3).contains(tail.count), tail.allSatisfy(isDigit) else { return false }
        return head.isEmpty || head.count >= 2 && Vocabulary.isProduct(word.prefix(head.count))
    }

    private static let siemensHeads: Set<String> = [
        "hr", "hc", "hf", "hk", "hn", "hv", "hp", "br", "bf", "bl", "bv", "bm", "bn", "qr", "ur",
        "ub", "tr", "sa", "fc", "fl", "ju", "eb", "dr", "du",
    ]

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
