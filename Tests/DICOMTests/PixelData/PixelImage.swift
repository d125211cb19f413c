import DICOM

/// What the tests say about an image when they make a data set of it.
struct PixelImage {
    var rows = CodestreamVectors.rows
    var columns = CodestreamVectors.columns
    var samplesPerPixel = 1
    var bitsAllocated = 16
    var bitsStored = 16
    var highBit: Int?
    var isSigned = false
    var frames = 1
    var planarConfiguration: Int?
    var photometricInterpretation: String?

    /// The Image Pixel module, without pixel data.
    var dataSet: DataSet {
        var dataSet = DataSet()
        func insert(_ tag: Tag, _ value: Int) {
            let bytes = [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
            dataSet.insert(DataElement(tag: tag, vr: .us, value: .bytes(bytes)))
        }
        insert(.samplesPerPixel, samplesPerPixel)
        insert(.rows, rows)
        insert(.columns, columns)
        insert(.bitsAllocated, bitsAllocated)
        insert(.bitsStored, bitsStored)
        insert(.highBit, highBit ?? bitsStored - 1)
        insert(.pixelRepresentation, isSigned ? 1 : 0)
        if let planarConfiguration { insert(.planarConfiguration, planarConfiguration) }
        let photometric =
            photometricInterpretation ?? (samplesPerPixel == 1 ? "MONOCHROME2" : "RGB")
        dataSet.insert(
            DataElement(
                tag: .photometricInterpretation,
                vr: .cs,
                value: .bytes(Array(photometric.utf8))
            )
        )
        dataSet.insert(
            DataElement(tag: .numberOfFrames, vr: .is, value: .bytes(Array("\(frames)".utf8)))
        )
        return dataSet
    }

    /// Decodes native pixel data.
    func decode(native bytes: [UInt8], frame: Int = 0) throws -> [Int32] {
        var dataSet = dataSet
        dataSet.insert(DataElement(tag: .pixelData, vr: .ow, value: .bytes(bytes)))
        return try PixelDecoder.decode(
            dataSet,
            transferSyntax: .explicitVRLittleEndian,
            frame: frame
        ).samples
    }

    /// Decodes encapsulated pixel data; the first item is the basic offset table.
    func decode(
        items: [[UInt8]],
        _ syntax: TransferSyntax,
        frame: Int = 0
    ) throws -> [Int32] {
        var dataSet = dataSet
        dataSet.insert(DataElement(tag: .pixelData, vr: .ob, value: .fragments(items)))
        return try PixelDecoder.decode(dataSet, transferSyntax: syntax, frame: frame).samples
    }

    /// Decodes a single frame in a single fragment.
    func decode(_ codestream: [UInt8], _ syntax: TransferSyntax) throws -> [Int32] {
        try decode(items: [[], codestream], syntax)
    }
}

/// The code of the error that `body` throws; nil if it throws none.
func code(of body: () throws -> some Any) -> DICOMError.Code? {
    do {
        _ = try body()
        return nil
    } catch {
        return (error as? DICOMError)?.code
    }
}
