import DICOM
import Deidentification
import Testing

@Suite struct TextCleaningOfPixelsTests {
    private static let heights = [7, 9, 12, 14, 18, 21]

    @Test(arguments: PlantedFont.allCases, [300, 800, 1500, 3071])
    func `text of every font and size is found in air and over the head`(
        font: PlantedFont,
        hounsfield: Int32
    ) {
        var (found, planted) = (0, 0)
        for height in Self.heights {
            for origin in [(4, 4), (10, 230), (60, 120)] {
                var image = DrawnHead(noise: 12)
                image.write(font, at: origin, height: height, hounsfield: hounsfield)
                let lines = BurnedInText.detect(in: image.frame)
                planted += 1
                found += lines.isEmpty ? 0 : 1
                #expect(!lines.isEmpty, "\(font), \(height) pixels, \(hounsfield) HU, \(origin)")
            }
        }
        #expect(found == planted)
    }

    @Test(arguments: PlantedFont.allCases)
    func `text beside the head is blanked and the head is left alone`(font: PlantedFont) throws {
        var image = DrawnHead(noise: 12)
        image.write(font, at: (4, 4), height: 12, hounsfield: 3071)
        let clean = DrawnHead(noise: 12).frame.samples
        let result = try TextCleaning().clean(image.frame)
        guard case .blanked(let bands) = result.outcome else {
            Issue.record("\(result.outcome)")
            return
        }
        #expect(bands.allSatisfy { $0.row <= 4 && $0.row + $0.height >= 16 })
        let head = clean.indices.filter { clean[$0] > 524 }
        #expect(head.allSatisfy { result.frame.samples[$0] == clean[$0] })
        #expect(BurnedInText.detect(in: result.frame).isEmpty)
        #expect(result.frame.samples.max() == clean.max())
    }

    @Test func `text over the head is reported and not painted over`() throws {
        var image = DrawnHead(noise: 12)
        image.write(.dots, at: (60, 120), height: 14, hounsfield: 1500)
        let result = try TextCleaning().clean(image.frame)
        guard case .overAnatomy = result.outcome else {
            Issue.record("\(result.outcome)")
            return
        }
        #expect(result.frame.samples == image.frame.samples)
    }

    @Test func `a clean slice stays as it is`() throws {
        let frame = DrawnHead(noise: 12).frame
        let result = try TextCleaning().clean(frame)
        #expect(result.outcome == .clean)
        #expect(result.frame.samples == frame.samples)
    }

    private struct Stubborn: TextReader {
        let name = "stubborn"

        func words(in picture: GreyPicture) throws -> [PixelRegion] {
            [PixelRegion(column: 5, row: 5, width: 40, height: 9)]
        }
    }

    @Test func `what the second reader still reads is held back`() throws {
        var image = DrawnHead(noise: 12)
        image.write(.dots, at: (4, 4), height: 12, hounsfield: 3071)
        let result = try TextCleaning(reader: Stubborn()).clean(image.frame)
        guard case .stillReads = result.outcome else {
            Issue.record("\(result.outcome)")
            return
        }
    }

    @Test func `places of text in two slices are blanked in a third`() throws {
        let region = PixelRegion(column: 4, row: 4, width: 100, height: 12)
        let once = PixelRegion(column: 4, row: 200, width: 50, height: 12)
        let known = TextCleaning.repeated([[region, once], [], [region]])
        #expect(known == [region])
        let result = try TextCleaning().clean(DrawnHead(noise: 12).frame, known: known)
        #expect(
            result.outcome == .blanked([PixelRegion(column: 0, row: 0, width: 256, height: 22)])
        )
    }

    @Test func `only sure words of the table of an OCR program count`() {
        let heading = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop"
        let table = """
            \(heading)\twidth\theight\tconf\ttext
            5\t1\t1\t1\t1\t1\t20\t10\t60\t18\t91.5\tDOE^J
            5\t1\t1\t1\t1\t2\t90\t10\t60\t18\t31.0\tnoise
            5\t1\t1\t1\t1\t3\t90\t10\t60\t18\t95\t-.
            4\t1\t1\t1\t1\t0\t20\t10\t60\t18\t-1\t
            """
        #expect(
            TesseractTable.words(in: table, scale: 2)
                == [PixelRegion(column: 10, row: 5, width: 30, height: 9)]
        )
    }
}
