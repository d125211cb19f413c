import DICOM

/// Looks for texts in bytes, in every encoding a file of ours or of a hospital may have.
struct NeedleScan {
    /// Shorter texts occur in random bytes by chance.
    private static let shortest = 4
    private var starts = [Bool](repeating: false, count: 1 << 16)
    private var needles: [UInt32: [(bytes: [UInt8], text: String)]] = [:]

    /// Adds a text, in UTF-8, UTF-16, Latin-1 and a hospital's own character set.
    mutating func add(_ text: String, characterSet: SpecificCharacterSet) {
        let units = Array(text.utf16)
        var forms: Set<[UInt8]> = [
            Array(text.utf8), units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] },
            units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] },
        ]
        if units.allSatisfy({ $0 < 256 }) { forms.insert(units.map { UInt8($0) }) }
        if let own = characterSet.encode(text, vr: .lo) { forms.insert(own) }
        for form in forms where form.count >= Self.shortest {
            starts[Int(form[0]) << 8 | Int(form[1])] = true
            needles[Self.key(form, 0), default: []].append((form, text))
        }
    }

    /// The texts that occur.
    func hits(in bytes: [UInt8]) -> Set<String> {
        var found: Set<String> = []
        guard bytes.count >= Self.shortest else { return found }
        for index in 0...(bytes.count - Self.shortest)
        where starts[Int(bytes[index]) << 8 | Int(bytes[index + 1])] {
            for needle in needles[Self.key(bytes, index)] ?? []
            where bytes[index...].starts(with: needle.bytes) {
                found.insert(needle.text)
            }
        }
        return found
    }

    private static func key(_ bytes: [UInt8], _ index: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 << 8 | UInt32(bytes[index + $1]) }
    }
}
