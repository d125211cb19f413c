import DICOM
import Deidentification
import Foundation
import TestSupport
import Testing

@Suite struct BurnedInTextTests {
    private static func lines(_ file: DICOMFile) throws -> [PixelRegion] {
        BurnedInText.detect(
            in: try PixelDecoder.decode(file), slope: file.dataSet.double(.rescaleSlope) ?? 1,
            intercept: file.dataSet.double(.rescaleIntercept) ?? -1024)
    }

    private struct Truth: Decodable {
        struct Instance: Decodable {
            let file: String
            let burned_in_text: Bool
        }
        let instances: [String: Instance]
    }

    @Test(.enabled(if: SharedData.exists, "needs ../shared"), arguments: RealFiles.sites)
    func `exactly the slices with a burned-in name are flagged`(site: String) throws {
        let truth = try JSONDecoder().decode(
            Truth.self, from: Data(SharedData.bytes("data/sites-real/\(site)/truth.json")))
        for instance in truth.instances.values.sorted(by: { $0.file < $1.file }) {
            let bytes = try SharedData.bytes("data/sites-real/\(site)/\(instance.file)")
            let lines = try Self.lines(DICOMFile(reading: bytes))
            #expect(lines.isEmpty != instance.burned_in_text, "\(instance.file) \(lines)")
        }
    }

    @Test(
        .enabled(if: SharedData.exists, "needs ../shared"),
        arguments: ["cq500-ct0-thin", "ge-head-gantry-tilt"])
    func `at most one clean slice in a hundred is flagged`(folder: String) throws {
        let files = try RealFiles.files(below: folder)
        var flagged: [String] = []
        for (path, file) in files where try !Self.lines(file).isEmpty {
            flagged.append(path + " \(try Self.lines(file))")
        }
        #expect(flagged.count * 100 <= files.count, "\(flagged)")
    }
}
