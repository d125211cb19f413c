/// The number of an attribute: group and element.
package struct Tag: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The group number; odd for private attributes.
    package let group: UInt16

    /// The element number within the group.
    package let element: UInt16

    /// Makes the tag `(group,element)`.
    @inlinable
    package init(_ group: UInt16, _ element: UInt16) {
        self.group = group
        self.element = element
    }

    /// Makes the tag whose group is the high half of `number`.
    @inlinable
    package init(number: UInt32) {
        self.init(UInt16(truncatingIfNeeded: number >> 16), UInt16(truncatingIfNeeded: number))
    }

    /// Group and element as one number, in the order of the data set.
    @inlinable
    package var number: UInt32 { UInt32(group) << 16 | UInt32(element) }

    /// Whether the group is odd, so that the meaning depends on a private creator.
    package var isPrivate: Bool { group & 1 == 1 }

    /// Whether the element reserves a block of private elements (PS3.5 section 7.8.1).
    package var isPrivateCreator: Bool { isPrivate && (0x0010...0x00FF).contains(element) }

    /// Whether the element is a group length, retired outside groups 0000 and 0002.
    package var isGroupLength: Bool { element == 0 }

    /// Whether the tag marks an item or a delimiter instead of an attribute.
    package var isDelimitation: Bool { group == 0xFFFE }

    /// The creator element of the block that a private element lies in.
    ///
    /// Nil for standard tags, creators, and private elements outside any block.
    package var privateCreatorTag: Tag? {
        guard isPrivate, element >= 0x1000 else { return nil }
        return Tag(group, element >> 8)
    }

    @inlinable
    package static func < (left: Tag, right: Tag) -> Bool { left.number < right.number }

    /// The form `(0010,0020)`, upper-case hexadecimal.
    package var description: String {
        "(" + Self.hexadecimal(group) + "," + Self.hexadecimal(element) + ")"
    }

    private static func hexadecimal(_ number: UInt16) -> String {
        let digits = String(number, radix: 16, uppercase: true)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
