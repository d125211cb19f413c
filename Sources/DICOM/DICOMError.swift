/// Why a DICOM object could not be read, written or decoded.
///
/// Carries the tag and the byte offset of the place, never a value: values may identify a patient.
package struct DICOMError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The machine-readable kind of failure; the raw value is stable.
    package enum Code: String, Sendable, Hashable, Codable, CaseIterable {
        /// The bytes do not begin like a DICOM object.
        case notDICOM = "not-dicom"
        /// The bytes end inside an element.
        case truncated
        /// The value representation is not two capital letters.
        case invalidVR = "invalid-vr"
        /// A length contradicts the element that holds it or the bytes that are there.
        case invalidLength = "invalid-length"
        /// An item or delimiter stands where none may stand, or is missing.
        case invalidSequence = "invalid-sequence"
        /// Sequences are nested deeper than the limit.
        case depthLimit = "depth-limit"
        /// There are more elements, items and fragments than the limit.
        case elementCountLimit = "element-count-limit"
        /// One value is longer than the limit.
        case elementLengthLimit = "element-length-limit"
        /// The file is longer than the limit.
        case fileSizeLimit = "file-size-limit"
        /// The deflated data set inflates past the limit.
        case inflatedSizeLimit = "inflated-size-limit"
        /// The deflated data set is not a valid deflate stream.
        case invalidDeflate = "invalid-deflate"
        /// The transfer syntax is not known, or its pixel data cannot be decoded here.
        case unsupportedTransferSyntax = "unsupported-transfer-syntax"
        /// A required attribute is absent or empty.
        case missingAttribute = "missing-attribute"
        /// An attribute is there with a value that makes no sense.
        case invalidAttribute = "invalid-attribute"
        /// The pixel data do not fit the image description, or the codestream is damaged.
        case invalidPixelData = "invalid-pixel-data"
        /// The frame asked for is not in the image.
        case frameOutOfRange = "frame-out-of-range"
        /// The process that decodes ended within the frame.
        case decoderEnded = "decoder-ended"
        /// The process that decodes gave no answer in time.
        case decodingTimeLimit = "decoding-time-limit"
        /// The process that decodes could not be started.
        case decoderUnavailable = "decoder-unavailable"
        /// The image is larger than the decoder's limits.
        case imageSizeLimit = "image-size-limit"
        /// A value does not fit the length field of its value representation.
        case valueTooLong = "value-too-long"
        /// A text holds characters that the specific character set lacks.
        case unencodableText = "unencodable-text"
        /// The form of a value (bytes, items, fragments) does not fit its value representation.
        case mismatchedValue = "mismatched-value"
    }

    /// The kind of failure.
    package let code: Code

    /// The attribute it happened at, where one is known.
    package let tag: Tag?

    /// The byte offset in the file (in the inflated data set, if deflated), where one is known.
    package let offset: Int?

    /// What happened and what to do, in words without any value of the data set.
    package let detail: String

    /// Makes an error; `detail` must not quote a value.
    package init(_ code: Code, tag: Tag? = nil, offset: Int? = nil, _ detail: String = "") {
        self.code = code
        self.tag = tag
        self.offset = offset
        self.detail = detail
    }

    package var description: String {
        var text = code.rawValue
        if let tag { text += " at \(tag)" }
        if let offset { text += " at byte \(offset)" }
        return detail.isEmpty ? text : text + ": " + detail
    }
}
