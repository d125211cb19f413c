import DICOM

/// What the decoder and its client say to each other: a length of four bytes, little endian, and as
/// many bytes.
///
/// A question is a DICOM file of one encoded frame, without anything that identifies its object. An
/// answer is a kind and either native little-endian words or why there are none.
enum FrameMessage {
    /// The longest question; an encoded frame is never longer than this by far.
    static let maximumQuestion = 1 << 29
    /// The longest reason for a failure.
    static let maximumReason = 1 << 10

    /// The first four bytes a decoder says, before the measures that confine it.
    static let greeting: [UInt8] = Array("FRM1".utf8)
    /// The bytes of the greeting with the measures.
    static let greetingLength = 8

    private static let decoded: UInt8 = 0
    private static let failed: UInt8 = 1

    // MARK: Question

    /// The question for one encoded frame.
    ///
    /// - Throws: ``DICOMError`` `image-size-limit`.
    static func question(
        _ image: DataSet,
        _ syntax: TransferSyntax
    ) throws(DICOMError) -> [UInt8] {
        var meta = DataSet()
        try meta.set(.mediaStorageSOPClassUID, string: "1.2.840.10008.5.1.4.1.1.2")
        try meta.set(.mediaStorageSOPInstanceUID, string: "2.25.1")
        let file = try DICOMFile.write(dataSet: image, fileMeta: meta, transferSyntax: syntax)
        guard file.count <= maximumQuestion else {
            throw DICOMError(
                .imageSizeLimit,
                tag: .pixelData,
                "an encoded frame of \(file.count) bytes"
            )
        }
        return integer(file.count) + file
    }

    // MARK: Answer

    /// The bytes of a sample in an answer.
    private static func sampleSize(bitsStored: Int) -> Int { bitsStored > 16 ? 4 : 2 }

    /// The longest answer to a question about an image.
    static func maximumAnswer(to description: PixelDataDescription) -> Int {
        let samples = description.rows * description.columns * description.samplesPerPixel
        return 1 + max(maximumReason, samples * sampleSize(bitsStored: description.bitsStored))
    }

    /// The answer of a decoder, its length first.
    static func answer(_ result: Result<DecodedFrame, DICOMError>) -> [UInt8] {
        switch result {
        case .success(let frame):
            let size = sampleSize(bitsStored: frame.bitsStored)
            let words = frame.nativeBytes(bitsAllocated: size * 8)
            return integer(words.count + 1) + [decoded] + words
        case .failure(let error):
            let place = error.offset.map { " at byte \($0)" } ?? ""
            let tag = error.tag.map { String($0.number, radix: 16) } ?? ""
            let text = "\(error.code.rawValue)|\(tag)|\(error.detail)\(place)"
            let reason = Array(text.utf8.prefix(maximumReason))
            return integer(reason.count + 1) + [failed] + reason
        }
    }

    /// Reads an answer without its length, trusting nothing in it.
    ///
    /// - Throws: ``DICOMError`` as the decoder gave it, or `decoder-ended` for an answer that is none.
    static func frame(
        _ answer: [UInt8],
        _ description: PixelDataDescription
    ) throws(DICOMError) -> DecodedFrame {
        switch answer.first {
        case decoded: return try frame(words: Array(answer.dropFirst()), description)
        case failed: throw reason(answer.dropFirst())
        default: throw nonsense
        }
    }

    /// Native words of the size that the description promises; bits that are not stored are cut.
    private static func frame(
        words: [UInt8],
        _ description: PixelDataDescription
    ) throws(DICOMError) -> DecodedFrame {
        let size = sampleSize(bitsStored: description.bitsStored)
        let count = description.rows * description.columns * description.samplesPerPixel
        guard words.count == count * size else { throw nonsense }
        var image = DataSet()
        try image.set(.samplesPerPixel, ints: [description.samplesPerPixel])
        try image.set(.photometricInterpretation, string: "MONOCHROME2")
        try image.set(.rows, ints: [description.rows])
        try image.set(.columns, ints: [description.columns])
        try image.set(.bitsAllocated, ints: [size * 8])
        try image.set(.bitsStored, ints: [description.bitsStored])
        try image.set(.highBit, ints: [description.bitsStored - 1])
        try image.set(.pixelRepresentation, ints: [description.isSigned ? 1 : 0])
        image.insert(DataElement(tag: .pixelData, vr: .ow, value: .bytes(words)))
        return try PixelDecoder.decode(image, transferSyntax: .explicitVRLittleEndian)
    }

    /// A failure in the decoder's words, of which only printable ASCII is repeated.
    private static func reason(_ bytes: ArraySlice<UInt8>) -> DICOMError {
        let plain = bytes.filter { (0x20...0x7E).contains($0) }
        let parts = String(decoding: plain, as: UTF8.self)
            .split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let code = DICOMError.Code(rawValue: String(parts[0])) else {
            return nonsense
        }
        let tag = UInt32(parts[1], radix: 16).map(Tag.init(number:))
        return DICOMError(code, tag: tag, String(parts[2]))
    }

    private static var nonsense: DICOMError {
        DICOMError(.decoderEnded, tag: .pixelData, "the decoder's answer makes no sense")
    }

    // MARK: Integers

    /// Four bytes, little endian.
    static func integer(_ value: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    /// The value of four bytes, little endian.
    static func integer(_ bytes: some Collection<UInt8>) -> Int {
        bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
