import DICOM
import Deidentification

/// The keyed digest by which the same picture under two patients is recognized.
enum PixelDigest {
    /// Plain pictures, such as air above the head, look alike in all patients.
    private static let fewestValues = 32

    /// The digest of the middle of a picture, where no face is cut; nil if it is too plain.
    static func of(_ frame: DecodedFrame, map: IdentifierMap) -> String? {
        let samples = middle(of: frame)
        guard Set(samples).count >= fewestValues else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(samples.count * 4)
        for sample in samples {
            let bits = UInt32(bitPattern: sample)
            for shift in [0, 8, 16, 24] as [UInt32] {
                bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
            }
        }
        return map.digest(bytes, purpose: "pixels")
    }

    /// A quarter of the rows and columns around the centre.
    private static func middle(of frame: DecodedFrame) -> [Int32] {
        let rows = frame.rows * 3 / 8..<frame.rows * 5 / 8
        let columns = frame.columns * 3 / 8..<frame.columns * 5 / 8
        return rows.flatMap { row in
            frame.samples[
                row * frame.columns + columns.lowerBound..<row * frame.columns + columns.upperBound
            ]
        }
    }
}
