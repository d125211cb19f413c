import DICOM
import Deidentification
import Foundation
import Testing

@Test(.enabled(if: ProcessInfo.processInfo.environment["DEID_PROBE"] != nil))
func probe() throws {
    let root = ProcessInfo.processInfo.environment["DEID_PROBE"] ?? ""
    for name in try FileManager.default.contentsOfDirectory(atPath: root).sorted() {
        let data = try Data(contentsOf: URL(filePath: root + "/" + name))
        let file = try DICOMFile(reading: [UInt8](data))
        let frame = try PixelDecoder.decode(file)
        let start = ContinuousClock().now
        let lines = BurnedInText.detect(
            in: frame, slope: file.dataSet.double(.rescaleSlope) ?? 1,
            intercept: file.dataSet.double(.rescaleIntercept) ?? -1024)
        let time = ContinuousClock().now - start
        print("PROBE", name, lines.count, time, lines.first.map { "\($0)" } ?? "")
    }
}
