/// A UID as the standard has it: 1 to 64 digits and dots (PS3.5 section 9.1).
package struct UniqueIdentifier: Sendable, Hashable {
    /// Its characters; safe in a log and in the path of a URL.
    package let rawValue: String

    /// A received UID; nil if it has another form.
    package init?(_ text: some StringProtocol) { self.init(Array(text.utf8)[...]) }

    /// A received UID without its padding; nil if it has another form.
    ///
    /// Leading zeros of a component are taken, since scanners write them.
    init?(_ bytes: ArraySlice<UInt8>) {
        guard (1...64).contains(bytes.count),
            bytes.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E }),
            bytes.first != 0x2E, bytes.last != 0x2E,
            !zip(bytes, bytes.dropFirst()).contains(where: { $0 == 0x2E && $1 == 0x2E })
        else { return nil }
        rawValue = String(decoding: bytes, as: UTF8.self)
    }
}
