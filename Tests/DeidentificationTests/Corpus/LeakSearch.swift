/// Looks for planted texts and dates in raw bytes, in every encoding and form they might take.
///
/// Without regard to ASCII case; shares nothing with the product's own search.
struct LeakSearch {
    private var scan = NeedleScan()

    /// Plants of at least four bytes are looked for.
    mutating func add(word: String) {
        for form in [word, word.uppercased(), word.lowercased()] {
            let lower = form.lowercased()
            scan.add(lower, label: word)
            scan.add(String(lower.reversed()), label: word + " reversed")
            let wide = lower.unicodeScalars.flatMap { scalar in
                (0..<4).map { UInt8(truncatingIfNeeded: scalar.value >> (24 - 8 * $0)) }
            }
            scan.add(lower, label: word, other: wide)
        }
    }

    /// Adds bytes as they are, such as a name in a code that the platform's strings do not know.
    mutating func add(bytes: [UInt8], label: String) {
        scan.add("\u{1}\u{2}\u{3}\u{4}", label: label, other: bytes.map(Self.lowercased))
    }

    /// Adds the ways a day is written, four digits of the year in each.
    mutating func add(year: Int, month: Int, day: Int) {
        let long = ["Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct"]
        let name = month <= 10 ? long[month - 1] : month == 11 ? "Nov" : "Dec"
        let m = month < 10 ? "0\(month)" : "\(month)"
        let d = day < 10 ? "0\(day)" : "\(day)"
        for form in [
            "\(year)\(m)\(d)", "\(year)-\(m)-\(d)", "\(year).\(m).\(d)", "\(year)/\(m)/\(d)",
            "\(d).\(m).\(year)", "\(d)/\(m)/\(year)", "\(m)/\(d)/\(year)", "\(d)-\(m)-\(year)",
            "\(d)\(m)\(year)", "\(day).\(month).\(year)", "\(day) \(name) \(year)",
            "\(name) \(day), \(year)", "\(day)-\(name.prefix(3))-\(year)", "\(year) \(m) \(d)",
        ] { scan.add(form.lowercased(), label: form) }
    }

    /// The labels of what is found.
    func hits(in bytes: some Collection<UInt8>) -> [String] {
        scan.hits(in: bytes.map(Self.lowercased))
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte + 0x20 : byte
    }
}
