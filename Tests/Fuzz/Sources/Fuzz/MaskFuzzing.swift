import DICOM
import HeadCT

/// The readers of masks, with an exam that the masks of the corpus belong to.
enum MaskFuzzing {
    static let exam: ExamIdentity = {
        let headers = (0..<3).map { index in
            var header = DataSet()
            try? header.set(.sopInstanceUID, string: index == 0 ? "1.2.3" : "1.2.3.\(index)")
            try? header.set(.studyInstanceUID, string: "1.2")
            try? header.set(.patientID, string: "1")
            try? header.set(.imagePositionPatient, string: "0\\0\\\(5 * index)")
            try? header.set(.imageOrientationPatient, string: "1\\0\\0\\0\\1\\0")
            try? header.set(.pixelSpacing, string: "0.5\\0.5")
            try? header.set(.rows, ints: [8])
            try? header.set(.columns, ints: [8])
            try? header.set(.instanceNumber, string: "\(index + 1)")
            return header
        }
        return ExamIdentity.exams(of: headers)[0]
    }()

    static func run(_ bytes: [UInt8], _ format: MaskFormat, name: String) {
        let masks = MaskSet.read(
            format: format,
            files: [MaskFile(name: name, bytes: bytes)],
            exams: [exam],
            patientIDs: ["1": "1"]
        )
        for (_, mask) in masks.masks {
            precondition(mask.rows > 0 && mask.columns > 0, "a mask without pixels")
        }
    }
}
