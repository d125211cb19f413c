/// One attribute of a data set with its value.
package struct DataElement: Hashable, Sendable {
    /// A value in one of the three forms that exist.
    package enum Value: Hashable, Sendable {
        /// The bytes as stored, padding included; numbers are little endian.
        case bytes([UInt8])
        /// The items of a sequence.
        case items([DataSet])
        /// The fragments of encapsulated pixel data; the first is the basic offset table.
        case fragments([[UInt8]])
    }

    /// The number of the attribute.
    package let tag: Tag

    /// The value representation as found in the file, or from the dictionary.
    package let vr: VR

    /// The value.
    package let value: Value

    /// Makes an element; the value is not checked against the representation until it is written.
    package init(tag: Tag, vr: VR, value: Value) {
        self.tag = tag
        self.vr = vr
        self.value = value
    }

    /// The bytes of the value; nil for sequences and encapsulated pixel data.
    package var bytes: [UInt8]? {
        guard case .bytes(let bytes) = value else { return nil }
        return bytes
    }

    /// The items of a sequence; empty for everything else.
    package var items: [DataSet] {
        guard case .items(let items) = value else { return [] }
        return items
    }

    /// Whether there is nothing in the value.
    package var isEmpty: Bool {
        switch value {
        case .bytes(let bytes): bytes.isEmpty
        case .items(let items): items.isEmpty
        case .fragments(let fragments): fragments.isEmpty
        }
    }

    /// The representation that accessors use: the dictionary's where the file says UN.
    package var interpretedVR: VR {
        guard vr == .un, let known = DataDictionary.vr(for: tag) else { return vr }
        return known
    }
}
