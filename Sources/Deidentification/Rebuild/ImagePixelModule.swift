import DICOM

/// The pixels of a decoded frame as native 16-bit words, and the attributes that describe them.
enum ImagePixelModule {
    /// The elements for a frame of grey values.
    ///
    /// Bits above the stored ones are copies of the sign or zero, so that nothing hides in them.
    static func elements(of frame: DecodedFrame, _ input: DataSet) -> [DataElement] {
        [
            DataElement(.samplesPerPixel, unsigned: 1),
            DataElement(
                .photometricInterpretation,
                .cs,
                text: input.string(.photometricInterpretation) ?? "MONOCHROME2"
            ),
            DataElement(.rows, unsigned: frame.rows),
            DataElement(.columns, unsigned: frame.columns),
            DataElement(.bitsAllocated, unsigned: 16),
            DataElement(.bitsStored, unsigned: frame.bitsStored),
            DataElement(.highBit, unsigned: frame.bitsStored - 1),
            DataElement(.pixelRepresentation, unsigned: frame.isSigned ? 1 : 0),
            DataElement(
                tag: .pixelData,
                vr: .ow,
                value: .bytes(frame.nativeBytes(bitsAllocated: 16))
            ),
        ]
    }

    /// Refuses what is not one grey value of at most 16 bits a pixel.
    static func check(_ dataSet: DataSet) throws(QuarantineReason) {
        let photometric = dataSet.string(.photometricInterpretation)
        guard dataSet.int(.samplesPerPixel) == 1,
            ["MONOCHROME1", "MONOCHROME2"].contains(photometric)
        else {
            throw QuarantineReason(
                .unsupportedPixelFormat,
                "only grey values with one sample a pixel are a CT image"
            )
        }
        guard let allocated = dataSet.int(.bitsAllocated), allocated == 16,
            let stored = dataSet.int(.bitsStored), (8...16).contains(stored)
        else {
            throw QuarantineReason(
                .unsupportedPixelFormat,
                "a CT image has 16 bits allocated and 8 to 16 stored"
            )
        }
    }
}
