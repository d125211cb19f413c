import DICOM
import Deidentification
import Foundation
import TestSupport
import Testing

@Suite struct BurnedInTextTests {
    private static func lines(_ file: DICOMFile) throws -> [PixelRegion] {
        BurnedInText.detect(
            in: try PixelDecoder.decode(file),
            slope: file.dataSet.double(.rescaleSlope) ?? 1,
            intercept: file.dataSet.double(.rescaleIntercept) ?? -1024
        )
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
            Truth.self,
            from: Data(SharedData.bytes("data/sites-real/\(site)/truth.json"))
        )
        for instance in truth.instances.values.sorted(by: { $0.file < $1.file }) {
            let bytes = try SharedData.bytes("data/sites-real/\(site)/\(instance.file)")
            let lines = try Self.lines(DICOMFile(reading: bytes))
            #expect(lines.isEmpty != instance.burned_in_text, "\(instance.file) \(lines)")
        }
    }

    @Test(
        .enabled(if: SharedData.exists, "needs ../shared"),
        arguments: ["cq500-ct0-thin", "ge-head-gantry-tilt"]
    )
    func `at most one clean slice in a hundred is flagged`(folder: String) throws {
        let files = try RealFiles.files(below: folder)
        var flagged: [String] = []
        for (path, file) in files where try !Self.lines(file).isEmpty {
            flagged.append(path + " \(try Self.lines(file))")
        }
        #expect(flagged.count * 100 <= files.count, "\(flagged)")
    }

    // MARK: Drawn text

    @Test(arguments: [3071, 1400, 300], [1, 2, 3])
    func `drawn text is found in air and over the head`(hounsfield: Int32, scale: Int) {
        for origin in [(8, 8), (70, 120)] {
            var image = DrawnHead(noise: 12)
            image.draw("1921041488", at: origin, scale: scale, hounsfield: hounsfield)
            let regions = BurnedInText.detect(in: image.frame)
            #expect(!regions.isEmpty, "\(hounsfield) HU at \(origin)")
            #expect(regions.allSatisfy { abs($0.row - origin.1) <= 4 }, "\(regions)")
        }
    }

    @Test(arguments: [3071, 1400, 300], [2, 3])
    func `smoothed text is found too`(hounsfield: Int32, scale: Int) {
        for origin in [(8, 8), (70, 120)] {
            var image = DrawnHead(noise: 12)
            image.draw("1921041488", at: origin, scale: scale, hounsfield: hounsfield)
            image.smooth()
            #expect(
                !BurnedInText.detect(in: image.frame).isEmpty,
                "\(hounsfield) HU at \(origin)"
            )
        }
    }

    @Test(arguments: [0, 3, 30])
    func `a head without text is clean, with noise and without`(noise: Int32) {
        #expect(BurnedInText.detect(in: DrawnHead(noise: noise).frame).isEmpty)
    }

    @Test func `a side marker of one letter is no text`() {
        var image = DrawnHead(noise: 12)
        image.draw("8", at: (8, 8), scale: 2, hounsfield: 3071)
        #expect(BurnedInText.detect(in: image.frame).isEmpty)
    }
}
