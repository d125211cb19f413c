/// How the elements of a data set are laid out.
struct ElementEncoding: Hashable, Sendable {
    /// Whether each element states its value representation.
    let isExplicit: Bool

    /// Whether numbers are big endian.
    let isBigEndian: Bool

    /// Implicit VR Little Endian, also the encoding inside UN of undefined length.
    static let implicitLittleEndian = ElementEncoding(isExplicit: false, isBigEndian: false)

    /// Explicit VR Little Endian.
    static let explicitLittleEndian = ElementEncoding(isExplicit: true, isBigEndian: false)
}

extension TransferSyntax {
    /// The layout of the data set's elements.
    var elementEncoding: ElementEncoding {
        ElementEncoding(isExplicit: isExplicitVR, isBigEndian: isBigEndian)
    }
}
