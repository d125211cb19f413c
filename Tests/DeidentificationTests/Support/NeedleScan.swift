/// Looks for byte strings in output, apart from the product's own search.
struct NeedleScan {
    private var starts: Set<UInt32> = []
    private var needles: [UInt32: [(bytes: [UInt8], label: String)]] = [:]

    /// Adds every encoding of a text of at least four bytes.
    mutating func add(_ text: String, label: String, other: [UInt8]? = nil) {
        let units = Array(text.utf16)
        var forms = [
            Array(text.utf8), units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] },
            units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] },
        ]
        if units.allSatisfy({ $0 < 256 }) { forms.append(units.map { UInt8($0) }) }
        if let other { forms.append(other) }
        for form in Set(forms) where form.count >= 4 {
            let start = Self.start(form, 0)
            starts.insert(start)
            needles[start, default: []].append((form, label))
        }
    }

    /// The labels of what occurs in the bytes.
    func hits(in bytes: [UInt8]) -> [String] {
        var found: Set<String> = []
        guard bytes.count >= 4 else { return [] }
        var window = Self.start(bytes, 0)
        for index in 0...(bytes.count - 4) {
            if index > 0 { window = window << 8 | UInt32(bytes[index + 3]) }
            guard starts.contains(window) else { continue }
            for needle in needles[window] ?? []
            where bytes[index...].starts(with: needle.bytes) {
                found.insert(needle.label)
            }
        }
        return found.sorted()
    }

    private static func start(_ bytes: [UInt8], _ index: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 << 8 | UInt32(bytes[index + $1]) }
    }
}
