import DICOM

/// What a CT image may hold outside Table E.1-1, and what its object definition requires.
enum CTImageTable {
    /// One attribute of the table.
    struct Entry: Hashable, Sendable {
        let tag: Tag
        let vr: VR
        let isKept: Bool
        /// 1, 2 or nil: the type in the mandatory modules of the CT Image IOD (PS3.3 A.3).
        let requiredType: Int?
    }

    /// The attributes of the table in ascending order.
    static let entries: [Entry] = rows.split(separator: "\n").compactMap(entry)

    /// The attributes that must be there, with a value if the type is 1.
    static let required: [Entry] = entries.filter { $0.requiredType != nil }

    /// Attributes without which the file is no CT image, however odd their values look.
    static let mandatory: Set<Tag> = Set(required.filter { $0.requiredType == 1 }.map(\.tag))

    private static func entry(_ line: Substring) -> Entry? {
        let fields = line.split(separator: "|", omittingEmptySubsequences: false)
        guard fields.count == 4, let number = UInt32(fields[0], radix: 16),
            let vr = VR(rawValue: String(fields[1].prefix(2)))
        else { return nil }
        return Entry(
            tag: Tag(number: number),
            vr: vr,
            isKept: fields[2] == "K",
            requiredType: Int(fields[3])
        )
    }
}
