/// The Image Pixel module: how the bytes of Pixel Data form samples (PS3.3 C.7.6.3).
package struct PixelDataDescription: Hashable, Sendable {
    /// Height in pixels, 1 to 65535.
    package let rows: Int
    /// Width in pixels, 1 to 65535.
    package let columns: Int
    /// 1 for grey and palette, 3 for colour.
    package let samplesPerPixel: Int
    /// Such as MONOCHROME2 or RGB.
    package let photometricInterpretation: String
    /// Bits a sample takes in native data: 1, 8, 16 or 32.
    package let bitsAllocated: Int
    /// Bits that mean something, 1 to `bitsAllocated`.
    package let bitsStored: Int
    /// Index of the highest of them, `bitsStored` - 1 to `bitsAllocated` - 1.
    package let highBit: Int
    /// Whether samples are two's complement (Pixel Representation 1).
    package let isSigned: Bool
    /// Frames in the pixel data, at least 1.
    package let numberOfFrames: Int
    /// 0: samples of a pixel together; 1: plane after plane.
    package let planarConfiguration: Int

    /// Reads and validates the attributes.
    ///
    /// Number of Frames defaults to 1, High Bit to Bits Stored - 1, Planar Configuration to 0.
    ///
    /// - Throws: ``DICOMError`` with `.missingAttribute` or `.invalidAttribute` and the tag.
    package init(_ dataSet: DataSet) throws(DICOMError) {
        func value(
            _ tag: Tag,
            in range: ClosedRange<Int>,
            default fallback: Int? = nil
        ) throws(DICOMError) -> Int {
            guard let element = dataSet[tag], !element.isEmpty else {
                if let fallback { return fallback }
                throw DICOMError(.missingAttribute, tag: tag, "needed to decode pixel data")
            }
            guard let value = dataSet.int(tag), range.contains(value) else {
                throw DICOMError(
                    .invalidAttribute,
                    tag: tag,
                    "must be \(range.lowerBound) to \(range.upperBound) here"
                )
            }
            return value
        }
        rows = try value(.rows, in: 1...65535)
        columns = try value(.columns, in: 1...65535)
        samplesPerPixel = try value(.samplesPerPixel, in: 1...4)
        bitsAllocated = try value(.bitsAllocated, in: 1...32)
        guard [1, 8, 16, 32].contains(bitsAllocated) else {
            throw DICOMError(.invalidAttribute, tag: .bitsAllocated, "must be 1, 8, 16 or 32")
        }
        bitsStored = try value(.bitsStored, in: 1...bitsAllocated)
        highBit = try value(
            .highBit,
            in: bitsStored - 1...bitsAllocated - 1,
            default: bitsStored - 1
        )
        isSigned = try value(.pixelRepresentation, in: 0...1) == 1
        guard isSigned || bitsStored < 32 else {
            throw DICOMError(.invalidAttribute, tag: .bitsStored, "unsigned 32-bit samples")
        }
        numberOfFrames = try value(.numberOfFrames, in: 1...Int(Int32.max), default: 1)
        planarConfiguration = try value(.planarConfiguration, in: 0...1, default: 0)
        guard let photometric = dataSet.string(.photometricInterpretation) else {
            throw DICOMError(
                .missingAttribute,
                tag: .photometricInterpretation,
                "needed to decode pixel data"
            )
        }
        photometricInterpretation = photometric
    }

    /// The size of one frame.
    var frameShape: FrameShape {
        FrameShape(rows: rows, columns: columns, samplesPerPixel: samplesPerPixel)
    }

    /// The attributes of one frame, as ``init(_:)`` reads them.
    func dataSet() throws(DICOMError) -> DataSet {
        var dataSet = DataSet()
        try dataSet.set(.samplesPerPixel, ints: [samplesPerPixel])
        try dataSet.set(.photometricInterpretation, string: photometricInterpretation)
        if samplesPerPixel > 1 {
            try dataSet.set(.planarConfiguration, ints: [planarConfiguration])
        }
        try dataSet.set(.rows, ints: [rows])
        try dataSet.set(.columns, ints: [columns])
        try dataSet.set(.bitsAllocated, ints: [bitsAllocated])
        try dataSet.set(.bitsStored, ints: [bitsStored])
        try dataSet.set(.highBit, ints: [highBit])
        try dataSet.set(.pixelRepresentation, ints: [isSigned ? 1 : 0])
        return dataSet
    }
}
