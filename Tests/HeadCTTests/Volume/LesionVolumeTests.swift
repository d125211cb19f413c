import HeadCT
import Testing

struct LesionVolumeTests {
    private func masks(
        of volume: CTVolume,
        _ code: UInt8 = 2,
        where isLesion: (SIMD3<Double>) -> Bool
    ) throws -> [String: MaskImage] {
        var result: [String: MaskImage] = [:]
        for slice in volume.slices {
            var classes: [UInt8] = []
            for row in 0..<slice.rows {
                for column in 0..<slice.columns {
                    let place = slice.plane.point(row: Double(row), column: Double(column))
                    classes.append(isLesion(place) ? code : 0)
                }
            }
            result[slice.sopInstanceUID] = try MaskImage(
                rows: slice.rows,
                columns: slice.columns,
                classes: classes
            )
        }
        return result
    }

    private func ball(radius: Double) -> (SIMD3<Double>) -> Bool {
        { ($0 - SIMD3(0, 0, 20)).squareLength < radius * radius }
    }

    @Test(arguments: [0, 18.5]) func `a digital ball has its volume, tilted or not`(
        tilt: Double
    ) throws {
        var built = BuiltVolume(rows: 128, columns: 128)
        built.spacing = PixelSpacing(betweenRows: 0.5, betweenColumns: 0.5)
        built.corner = SIMD3(-31.75, -31.75, 0)
        built.locations = (-20..<40).map { Double($0) }
        built.thickness = 1
        built.tiltDegrees = tilt
        let volume = try built.volume { _ in 0 }
        let measured = try volume.lesionVolume(masks: masks(of: volume, where: ball(radius: 12)))
        let expected = 4.0 / 3 * Double.pi * 12 * 12 * 12 / 1000
        #expect(abs(measured.totalML - expected) < 0.01 * expected)
        #expect(measured.byTypeML.keys.sorted() == [.intraparenchymal])
    }

    @Test func `uneven spacing and gaps do not inflate a volume`() throws {
        var built = BuiltVolume()
        built.locations = [0, 5, 10, 40]
        let volume = try built.volume { _ in 0 }
        let masks = try masks(of: volume, 255) { $0.x > 0 && $0.y > 0 }
        let measured = try volume.lesionVolume(masks: masks)
        #expect(abs(measured.totalML - 4 * 5 * 32 * 32 * 4 / 1000) < 1e-9)
        #expect(measured.byTypeML.isEmpty)
    }

    @Test func `a mask of another size is refused`() throws {
        let volume = try BuiltVolume().volume { _ in 0 }
        #expect(
            code { _ = try volume.lesionVolume(masks: ["1.2.3.0": .empty(rows: 2, columns: 2)]) }
                == .maskSizeMismatch
        )
    }
}

extension SIMD3<Double> {
    var squareLength: Double { (self * self).sum() }
}
