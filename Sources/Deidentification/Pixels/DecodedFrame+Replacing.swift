import DICOM

extension DecodedFrame {
    /// The frame with other samples of the same range.
    func replacing(_ samples: [Int32]) -> DecodedFrame {
        DecodedFrame(
            rows: rows,
            columns: columns,
            samplesPerPixel: samplesPerPixel,
            bitsStored: bitsStored,
            isSigned: isSigned,
            samples: samples
        )
    }

    /// The sample nearest to a number that the stored bits can hold.
    func nearestValue(to number: Double) -> Int32 {
        let top = Int32(1) << Int32(isSigned ? bitsStored - 1 : bitsStored) - 1
        let bottom = isSigned ? -top - 1 : 0
        return Int32(max(Double(bottom), min(Double(top), number.rounded())))
    }
}
