/// What makes a signature usable once: the coordinator's boot id and 128 random bits.
package struct SignatureNonce: Sendable, Hashable, CustomStringConvertible {
    /// The boot the request is meant for.
    package let boot: BootID
    /// The random part.
    let random: SIMD2<UInt64>

    /// Draws one.
    package init(boot: BootID, using generator: inout some RandomNumberGenerator) {
        self.boot = boot
        random = SIMD2(generator.next(), generator.next())
    }

    /// Reads 48 lower-case hexadecimal digits.
    package init?(text: String) {
        guard Hexadecimal.isText(text, count: 48), let boot = BootID(text: text.prefix(16)),
            let high = UInt64(text.dropFirst(16).prefix(16), radix: 16),
            let low = UInt64(text.suffix(16), radix: 16)
        else { return nil }
        self.boot = boot
        random = SIMD2(high, low)
    }

    /// The 48 digits.
    package var description: String {
        "\(boot)" + Hexadecimal.encode(random.x) + Hexadecimal.encode(random.y)
    }
}
