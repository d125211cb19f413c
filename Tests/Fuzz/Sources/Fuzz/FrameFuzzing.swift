import DICOM

/// The decoders of compressed frames.
///
/// Four bytes describe the image, the rest is the frame.
enum FrameFuzzing {
    static func run(_ bytes: [UInt8], _ syntax: TransferSyntax) {
        guard bytes.count > 4 else { return }
        var image = DataSet()
        let samplesPerPixel = bytes[3] & 1 == 0 ? 1 : 3
        let bitsStored = 1 + Int(bytes[2] & 15)
        try? image.set(.samplesPerPixel, ints: [samplesPerPixel])
        try? image.set(.photometricInterpretation, string: "MONOCHROME2")
        try? image.set(.planarConfiguration, ints: [Int(bytes[3] >> 1 & 1)])
        try? image.set(.rows, ints: [1 + Int(bytes[0])])
        try? image.set(.columns, ints: [1 + Int(bytes[1])])
        try? image.set(.bitsAllocated, ints: [bitsStored <= 8 && bytes[3] & 4 == 0 ? 8 : 16])
        try? image.set(.bitsStored, ints: [bitsStored])
        try? image.set(.highBit, ints: [bitsStored - 1])
        try? image.set(.pixelRepresentation, ints: [Int(bytes[2] >> 4 & 1)])
        image.insert(
            DataElement(
                tag: .pixelData,
                vr: .ob,
                value: .fragments([[], Array(bytes.dropFirst(4))])
            )
        )
        guard let frame = try? PixelDecoder.decode(image, transferSyntax: syntax) else { return }
        check(frame)
    }

    /// Every value lies in the range of the bits stored.
    private static func check(_ frame: DecodedFrame) {
        let top = Int32(1) << Int32(frame.bitsStored - (frame.isSigned ? 1 : 0))
        let range = (frame.isSigned ? -top : 0)...(top - 1)
        precondition(frame.samples.allSatisfy(range.contains), "a value out of range")
    }
}
