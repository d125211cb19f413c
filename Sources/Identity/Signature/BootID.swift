/// What tells one start of the coordinator from another: 16 hexadecimal digits drawn at random.
package struct BootID: Sendable, Hashable, CustomStringConvertible {
    /// Known to no coordinator: what a site sends before it knows the real one.
    package static let unknown = BootID(bits: 0)

    let bits: UInt64

    init(bits: UInt64) { self.bits = bits }

    /// Draws one.
    package init(using generator: inout some RandomNumberGenerator) {
        bits = generator.next(upperBound: UInt64.max) + 1
    }

    /// Reads 16 lower-case hexadecimal digits.
    package init?(text: some StringProtocol) {
        guard Hexadecimal.isText(text, count: 16), let bits = UInt64(text, radix: 16) else {
            return nil
        }
        self.bits = bits
    }

    /// The 16 digits.
    package var description: String { Hexadecimal.encode(bits) }
}

extension Hexadecimal {
    /// The 16 digits of a number.
    static func encode(_ number: UInt64) -> String {
        encode((0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) })
    }
}
