/// The attributes of the standard (PS3.6), from a table generated at development time.
package enum DataDictionary {
    /// What the standard says about one attribute.
    package struct Entry: Hashable, Sendable {
        /// The representations the attribute may have; more than one for some pixel-like values.
        package let vrs: [VR]

        /// The value multiplicity, such as `1`, `2-2n`.
        package let vm: String

        /// The name in words.
        package let name: String

        /// The name as an identifier; empty for a few retired attributes.
        package let keyword: String

        /// Whether the standard has withdrawn the attribute.
        package let isRetired: Bool

        /// The representation to read an unsigned or unknown kind of image with.
        package var vr: VR { DataDictionary.choice(of: vrs, isSigned: false) }
    }

    /// The entry of a standard attribute, repeating groups included; nil if there is none.
    package static func entry(for tag: Tag) -> Entry? {
        guard let row = index.row(of: tag) else { return nil }
        return index.entry(row)
    }

    /// The attribute that a keyword names, without the repeating groups.
    package static func tag(keyword: String) -> Tag? {
        index.tagsByKeyword[keyword]
    }

    /// The representation of an attribute whose encoding does not say it.
    ///
    /// Group lengths and private creators have one too; other private attributes have none.
    /// `isSigned` decides between US and SS, and is true for a Pixel Representation of 1.
    package static func vr(for tag: Tag, isSigned: Bool = false) -> VR? {
        if tag.isGroupLength { return .ul }
        if tag.isPrivate { return tag.isPrivateCreator ? .lo : nil }
        guard let row = index.row(of: tag) else { return nil }
        let vr = index.vrs[row]
        return vr == .us && isSigned && index.isSignDependent(row) ? .ss : vr
    }

    static func choice(of vrs: [VR], isSigned: Bool) -> VR {
        if vrs.contains(.ow) { return .ow }
        if isSigned, vrs.contains(.ss) { return .ss }
        return vrs.first ?? .un
    }

    private static let index = DictionaryIndex(table: table)
}
