/// Turns the pixel data of a file into stored values (PS3.5 sections 8 and 10, annex A.4).
package enum PixelDecoder {
    /// The most samples one frame may have; 2^26 are an image of 8192 x 8192.
    package static let maximumSampleCount = 1 << 26

    /// Decodes one frame.
    ///
    /// Native little and big endian, deflated, RLE, JPEG Lossless (process 14), JPEG-LS and
    /// JPEG 2000 can be decoded. Colours stay the samples they are; nothing is rescaled.
    ///
    /// - Parameters:
    ///   - file: A file that was read to its end.
    ///   - frame: 0 to Number of Frames - 1.
    /// - Returns: The stored values.
    /// - Throws: ``DICOMError``: `.unsupportedTransferSyntax`, `.frameOutOfRange`,
    ///   `.imageSizeLimit`, `.invalidPixelData`, or what ``PixelDataDescription`` throws.
    package static func decode(
        _ file: DICOMFile,
        frame: Int = 0
    ) throws(DICOMError) -> DecodedFrame {
        try decode(file.dataSet, transferSyntax: file.transferSyntax, frame: frame)
    }

    /// Decodes one frame of a data set that was read in a transfer syntax.
    package static func decode(
        _ dataSet: DataSet,
        transferSyntax: TransferSyntax,
        frame: Int = 0
    ) throws(DICOMError) -> DecodedFrame {
        let (codec, description, element) = try checked(dataSet, transferSyntax, frame: frame)
        var samples: [Int32]
        let bits: StoredBits
        switch (codec, element.value) {
        case (nil, .bytes(let bytes)):
            samples = try NativeFrame(description: description).samples(bytes, frame: frame)
            bits = storedBits(description, precision: description.bitsAllocated, codec: nil)
        case (let codec?, .fragments(let items)):
            let bytes = try encodedBytes(items, of: dataSet, description, frame: frame)
            let image = try decode(bytes, codec, description)
            samples = image.samples
            bits = storedBits(description, precision: image.precision, codec: codec)
        default:
            throw DICOMError(
                .invalidPixelData,
                tag: .pixelData,
                "the transfer syntax says native and the value is encapsulated, or vice versa"
            )
        }
        bits.apply(to: &samples)
        return DecodedFrame(
            rows: description.rows,
            columns: description.columns,
            samplesPerPixel: description.samplesPerPixel,
            bitsStored: description.bitsStored,
            isSigned: description.isSigned,
            samples: samples
        )
    }

    /// The one frame of encapsulated pixel data with the attributes that describe it, and nothing
    /// else: an image that ``decode(_:transferSyntax:frame:)`` turns into the same stored values.
    ///
    /// - Returns: Nil if the pixel data are native.
    /// - Throws: As ``decode(_:frame:)`` does for what can be seen without decoding.
    package static func encodedFrame(
        of file: DICOMFile,
        frame: Int
    ) throws(DICOMError) -> DataSet? {
        let syntax = file.transferSyntax
        let (codec, description, element) = try checked(file.dataSet, syntax, frame: frame)
        guard codec != nil, case .fragments(let items) = element.value else { return nil }
        let bytes = try encodedBytes(items, of: file.dataSet, description, frame: frame)
        var image = try description.dataSet()
        image.insert(DataElement(tag: .pixelData, vr: .ob, value: .fragments([[], bytes])))
        return image
    }

    private static func encodedBytes(
        _ items: [[UInt8]],
        of dataSet: DataSet,
        _ description: PixelDataDescription,
        frame: Int
    ) throws(DICOMError) -> [UInt8] {
        try EncapsulatedFrames(
            items: items,
            numberOfFrames: description.numberOfFrames,
            extendedOffsetTable: dataSet.bytes(.extendedOffsetTable) ?? []
        ).bytes(frame: frame)
    }

    /// The codec, nil for native, the description and the pixel data of a frame that is there.
    private static func checked(
        _ dataSet: DataSet,
        _ syntax: TransferSyntax,
        frame: Int
    ) throws(DICOMError) -> (Codec?, PixelDataDescription, DataElement) {
        let codec = try codec(of: syntax)
        let description = try PixelDataDescription(dataSet)
        guard description.frameShape.sampleCount <= maximumSampleCount else {
            throw DICOMError(
                .imageSizeLimit,
                tag: .rows,
                "a frame of \(description.frameShape.sampleCount) samples, at most "
                    + "\(maximumSampleCount) are decoded"
            )
        }
        guard (0..<description.numberOfFrames).contains(frame) else {
            throw DICOMError(
                .frameOutOfRange,
                tag: .numberOfFrames,
                "frame \(frame) of \(description.numberOfFrames)"
            )
        }
        guard let element = dataSet[.pixelData] else {
            throw DICOMError(.missingAttribute, tag: .pixelData, "there is no image")
        }
        return (codec, description, element)
    }

    private enum Codec {
        case rle, jpegLossless, jpegLS, jpeg2000
    }

    /// The codec of a syntax, nil for native.
    private static func codec(of syntax: TransferSyntax) throws(DICOMError) -> Codec? {
        switch syntax {
        case .rleLossless: return .rle
        case .jpegLossless, .jpegLosslessSV1: return .jpegLossless
        case .jpegLSLossless, .jpegLSNearLossless: return .jpegLS
        case .jpeg2000Lossless, .jpeg2000: return .jpeg2000
        default:
            guard syntax.isEncapsulated else { return nil }
            throw DICOMError(
                .unsupportedTransferSyntax,
                tag: .transferSyntaxUID,
                "pixels in \(name(of: syntax)) are not decoded here; have the sender convert the "
                    + "study to Explicit VR Little Endian or JPEG Lossless"
            )
        }
    }

    /// The standard's name of a syntax; of an unknown identifier only its digits are repeated, as
    /// whoever wrote the file wrote it.
    private static func name(of syntax: TransferSyntax) -> String {
        if let name = StandardUID.name(of: syntax.uid) { return "\(name) (\(syntax.uid))" }
        let isPlain = syntax.uid.utf8.allSatisfy { $0 == 0x2E || (0x30...0x39).contains($0) }
        return isPlain && syntax.uid.utf8.count <= 64
            ? "the unknown syntax \(syntax.uid)" : "an invalid transfer syntax"
    }

    private static func decode(
        _ bytes: [UInt8],
        _ codec: Codec,
        _ description: PixelDataDescription
    ) throws(DICOMError) -> CodestreamImage {
        let shape = description.frameShape
        do throws(CodestreamError) {
            switch codec {
            case .rle:
                return try RLEDecoder.decode(
                    bytes,
                    shape: shape,
                    bytesPerSample: max(1, description.bitsAllocated / 8)
                )
            case .jpegLossless: return try JPEGLosslessDecoder.decode(bytes, shape: shape)
            case .jpegLS: return try JPEGLSDecoder.decode(bytes, shape: shape)
            case .jpeg2000: return try JPEG2000Decoder.decode(bytes, shape: shape)
            }
        } catch {
            let place = error.offset.map { " at byte \($0) of the frame" } ?? ""
            throw DICOMError(.invalidPixelData, tag: .pixelData, error.message + place)
        }
    }

    /// Where the value lies in a decoded sample.
    ///
    /// JPEG-LS and JPEG 2000 code `precision` bits, and where that is less than Bits Stored the
    /// sign, if any, is the highest of them; a sample of a lossless JPEG with fewer bits was never
    /// negative. A codestream that holds the whole cell is shifted as native data are.
    private static func storedBits(
        _ description: PixelDataDescription,
        precision: Int,
        codec: Codec?
    ) -> StoredBits {
        let holdsCell = precision > description.highBit
        let count =
            codec == .jpegLossless
            ? description.bitsStored : min(precision, description.bitsStored)
        return StoredBits(
            lowBit: holdsCell ? description.highBit + 1 - description.bitsStored : 0,
            count: count,
            isSigned: description.isSigned
        )
    }
}
