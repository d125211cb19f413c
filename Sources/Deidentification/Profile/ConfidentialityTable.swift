package import DICOM

/// PS3.15 Table E.1-1: what the basic profile and each option do to an attribute.
package enum ConfidentialityTable {
    /// One attribute of the table.
    package struct Entry: Hashable, Sendable {
        /// The attribute.
        package let tag: Tag
        /// The value representation that the table gives.
        package let vr: VR
        /// The action of the basic profile as printed: X, Z, D, U or a combination.
        package let basicAction: String
        /// The actions of the options as printed, K or C; absent where an option does nothing.
        package let optionActions: [DeidentificationProfile.Option: Character]
    }

    /// The attributes of the table in ascending order, without its four wildcard rows.
    package static let entries: [Entry] = rows.split(separator: "\n").compactMap(entry)

    /// The entry of an attribute.
    package static func entry(for tag: Tag) -> Entry? { entriesByTag[tag] }

    private static let entriesByTag = Dictionary(
        uniqueKeysWithValues: entries.map { ($0.tag, $0) }
    )

    /// The options in the order of their columns in a generated row.
    private static let columns: [DeidentificationProfile.Option] = [
        .retainSafePrivate, .retainUIDs, .retainDeviceIdentity, .retainInstitutionIdentity,
        .retainPatientCharacteristics, .retainFullDates, .retainModifiedDates, .cleanDescriptors,
        .cleanStructuredContent, .cleanGraphics,
    ]

    private static func entry(_ line: Substring) -> Entry? {
        let fields = line.split(separator: "|", omittingEmptySubsequences: false)
        guard fields.count == 4, let number = UInt32(fields[0], radix: 16),
            let vr = VR(rawValue: String(fields[1].prefix(2)))
        else { return nil }
        let actions = zip(columns, fields[3]).filter { $0.1 != "-" }
        return Entry(
            tag: Tag(number: number),
            vr: vr,
            basicAction: String(fields[2]),
            optionActions: Dictionary(uniqueKeysWithValues: actions.map { ($0.0, $0.1) })
        )
    }
}
