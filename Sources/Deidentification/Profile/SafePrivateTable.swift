import DICOM

/// Private elements known not to identify anyone (PS3.15 E.3.10), by creator instead of block.
enum SafePrivateTable {
    /// A private element whose number holds no block.
    struct Key: Hashable, Sendable {
        let group: UInt16
        let element: UInt8
        let creator: String
    }

    /// The value representation of a safe element; nil if it is not safe.
    static func vr(group: UInt16, element: UInt8, creator: String) -> VR? {
        representations[Key(group: group, element: element, creator: creator)]
    }

    private static let representations: [Key: VR] = Dictionary(
        rows.split(separator: "\n").compactMap(entry),
        uniquingKeysWith: { first, _ in first }
    )

    private static func entry(_ line: Substring) -> (Key, VR)? {
        let fields = line.split(separator: "|", maxSplits: 2)
        guard fields.count == 3, let number = UInt32(fields[0], radix: 16),
            let vr = VR(rawValue: String(fields[1]))
        else { return nil }
        let key = Key(
            group: UInt16(truncatingIfNeeded: number >> 16),
            element: UInt8(truncatingIfNeeded: number),
            creator: String(fields[2])
        )
        return (key, vr)
    }
}
