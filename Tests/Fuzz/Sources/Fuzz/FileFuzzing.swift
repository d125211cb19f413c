import DICOM

/// The reader and the writer of DICOM files.
enum FileFuzzing {
    /// A file of any size is read within these.
    static let limits: ReadingLimits = {
        var limits = ReadingLimits.default
        limits.maximumInflatedSize = 16 << 20
        limits.maximumElementCount = 100_000
        return limits
    }()

    static func run(_ bytes: [UInt8]) {
        guard let file = try? DICOMFile(reading: bytes, limits: limits) else { return }
        for element in file.dataSet {
            _ = file.dataSet.strings(element.tag)
            _ = file.dataSet.int(element.tag)
            _ = file.dataSet.double(element.tag)
        }
        _ = try? DICOMFile(reading: bytes, limits: limits, until: .pixelData)
        rewrite(file.dataSet)
        _ = try? PixelDecoder.decode(file)
    }

    /// What was written is read as the same, and written as the same bytes.
    private static func rewrite(_ dataSet: DataSet) {
        var meta = DataSet()
        try? meta.set(.mediaStorageSOPClassUID, string: "1.2.840.10008.5.1.4.1.1.2")
        try? meta.set(.mediaStorageSOPInstanceUID, string: "2.25.1")
        guard let first = try? DICOMFile.write(dataSet: dataSet, fileMeta: meta) else { return }
        guard let again = try? DICOMFile(reading: first) else {
            preconditionFailure("what was written cannot be read")
        }
        let second = try? DICOMFile.write(dataSet: again.dataSet, fileMeta: meta)
        precondition(second == first, "what was read is written as something else")
    }
}
