/// The part of an encoded element before its value.
struct ElementHeader {
    /// The number of the attribute, or of an item or delimiter.
    let tag: Tag

    /// The representation stated in the file; nil in implicit encodings and for delimiters.
    let vr: VR?

    /// The length of the value, `0xFFFFFFFF` if undefined.
    let length: UInt32

    /// The offset of the tag in the file.
    let offset: Int

    /// Whether the value ends at a delimiter.
    var isUndefinedLength: Bool { length == .max }
}
