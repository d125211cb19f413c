/// Something odd in a file that could still be read; a reason to look twice, or to quarantine.
package struct Anomaly: Hashable, Sendable, Codable {
    /// What was odd; the raw value is stable.
    package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// A tag occurs twice in one data set; the first element was kept.
        case duplicateTag = "duplicate-tag"
        /// A tag is lower than the one before it.
        case outOfOrderTag = "out-of-order-tag"
        /// The file meta group length does not match the group.
        case wrongGroupLength = "wrong-group-length"
        /// There is no preamble and no DICM prefix.
        case missingPreamble = "missing-preamble"
        /// The preamble is not zero.
        case nonzeroPreamble = "nonzero-preamble"
        /// There is no file meta information, or it names no transfer syntax.
        case missingTransferSyntax = "missing-transfer-syntax"
        /// The data set is encoded otherwise than its transfer syntax says.
        case transferSyntaxMismatch = "transfer-syntax-mismatch"
        /// A value representation unknown to the standard was read as UN.
        case unknownVR = "unknown-vr"
        /// A UN value that should be a sequence could not be parsed and stays as bytes.
        case unparsedSequence = "unparsed-sequence"
        /// A value has an odd length.
        case oddLength = "odd-length"
        /// A delimiter has a length, or stands in a sequence of defined length.
        case strayDelimiter = "stray-delimiter"
        /// Bytes follow the data set.
        case trailingBytes = "trailing-bytes"
        /// The specific character set names a term unknown to the standard.
        case unknownCharacterSet = "unknown-character-set"
        /// A private element lies in a block without a creator.
        case missingPrivateCreator = "missing-private-creator"
    }

    /// What was odd.
    package let kind: Kind

    /// The attribute, where one is meant.
    package let tag: String?

    /// The byte offset in the file (in the inflated data set, if deflated).
    package let offset: Int?

    /// Makes a record of something odd.
    package init(_ kind: Kind, tag: Tag? = nil, offset: Int? = nil) {
        self.kind = kind
        self.tag = tag?.description
        self.offset = offset
    }
}
