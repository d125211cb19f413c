import DICOM
import Deidentification
import Testing

/// Text as whoever wants to get it past the detector would plant it.
@Suite struct PlantedTextTests {
    /// How text lies on what is under it.
    enum Style: CaseIterable { case white, grey, blackOnWhite, whiteOnBlack, faintInAir }

    private static let noise: Int32 = 12

    private static func planted(
        _ font: PlantedFont,
        _ style: Style,
        height: Int,
        isUpright: Bool,
        at origin: (column: Int, row: Int)
    ) -> DrawnHead {
        var image = DrawnHead(noise: noise)
        let pixels = font.pixels(height: height).map {
            isUpright
                ? (column: origin.column + $0.row, row: origin.row - $0.column)
                : (column: origin.column + $0.column, row: origin.row + $0.row)
        }
        let columns = pixels.map(\.column)
        let rows = pixels.map(\.row)
        if style == .blackOnWhite || style == .whiteOnBlack {
            for row in (rows.min() ?? 0) - 3...(rows.max() ?? 0) + 3 {
                for column in (columns.min() ?? 0) - 3...(columns.max() ?? 0) + 3 {
                    image.set(column: column, row: row, to: style == .blackOnWhite ? 3071 : -1000)
                }
            }
        }
        let value: Int32 =
            switch style {
            case .white, .whiteOnBlack: 3071
            case .grey: 400
            case .blackOnWhite: -1000
            case .faintInAir: -900
            }
        for pixel in pixels { image.set(column: pixel.column, row: pixel.row, to: value) }
        return image
    }

    @Test(arguments: PlantedFont.allCases, Style.allCases)
    func `no planted text is missed, in either direction`(font: PlantedFont, style: Style) {
        for height in [9, 12, 16] {
            for isUpright in [false, true] {
                for over in [false, true] where !(over && style == .faintInAir) {
                    let origin =
                        isUpright ? (over ? (110, 240) : (4, 250)) : (over ? (60, 120) : (4, 4))
                    let image = Self.planted(
                        font,
                        style,
                        height: height,
                        isUpright: isUpright,
                        at: origin
                    )
                    #expect(
                        !BurnedInText.detect(in: image.frame).isEmpty,
                        "\(font) \(style) \(height) upright \(isUpright) over \(over)"
                    )
                }
            }
        }
    }

    @Test(arguments: PlantedFont.allCases, [9, 12, 16])
    func `text that lets the noise through is found`(font: PlantedFont, height: Int) {
        for (origin, contrast) in [((4, 4), Int32(150)), ((60, 120), 150), ((60, 120), -600)] {
            var image = DrawnHead(noise: Self.noise)
            let pixels = font.pixels(height: height).map {
                SIMD2(origin.0 + $0.column, origin.1 + $0.row)
            }
            for pixel in Set(pixels) where pixel.x < DrawnHead.size {
                let value = image.hounsfield[pixel.y * DrawnHead.size + pixel.x]
                image.set(column: pixel.x, row: pixel.y, to: value + contrast)
            }
            let lines = BurnedInText.detect(in: image.frame)
            #expect(!lines.isEmpty, "\(font) \(height) at \(origin) by \(contrast)")
        }
    }

    @Test(arguments: PlantedFont.allCases)
    func `text of the least value a picture can have is found`(font: PlantedFont) {
        var image = DrawnHead(noise: Self.noise)
        image.write(font, at: (60, 120), height: 12, hounsfield: -1024)
        #expect(!BurnedInText.detect(in: image.frame).isEmpty)
    }

    @Test(arguments: [(0.0, true), (-1024.0, false), (-8192.0, false)])
    func `the stored form of the pixels does not matter`(intercept: Double, isSigned: Bool) {
        let image = Self.planted(.dots, .white, height: 12, isUpright: false, at: (4, 4))
        let frame = DecodedFrame(
            rows: image.frame.rows,
            columns: image.frame.columns,
            bitsStored: 16,
            isSigned: isSigned,
            samples: image.frame.samples.map { $0 - 1024 - Int32(intercept) }
        )
        #expect(!BurnedInText.detect(in: frame, slope: 1, intercept: intercept).isEmpty)
    }

    @Test func `blanking never leaves the range of the stored bits`() throws {
        let image = Self.planted(.dots, .white, height: 12, isUpright: false, at: (4, 4))
        let frame = DecodedFrame(
            rows: image.frame.rows,
            columns: image.frame.columns,
            bitsStored: 12,
            isSigned: false,
            samples: image.frame.samples.map { max(0, min(4095, $0)) }
        )
        let result = try TextCleaning(slope: 1, intercept: -512).clean(frame)
        #expect(result.frame.samples.allSatisfy { (0...4095).contains($0) })
    }
}
