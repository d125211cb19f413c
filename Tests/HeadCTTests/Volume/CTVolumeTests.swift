import Foundation
import HeadCT
import Testing

struct CTVolumeTests {
    @Test func `slices are ordered by place, not by instance number or order of files`() throws {
        var built = BuiltVolume()
        built.locations = [10, 0, 15, 5]
        let volume = try built.volume { _ in 0 }
        #expect(volume.locationsMM == [0, 5, 10, 15])
        #expect(
            volume.slices.map(\.sopInstanceUID) == ["1.2.3.1", "1.2.3.3", "1.2.3.0", "1.2.3.2"]
        )
        #expect(volume.isEvenlySpaced)
        #expect(volume.sliceExtentsMM == [5, 5, 5, 5])
    }

    @Test func `no slices are no volume`() {
        #expect(code { _ = try CTVolume(slices: []) } == .noSlices)
    }

    @Test func `two slices at one place are refused`() throws {
        var built = BuiltVolume()
        built.locations = [0, 5, 5.001]
        #expect(code { _ = try built.volume { _ in 0 } } == .duplicatePosition)
    }

    @Test func `two slices of one UID are refused`() throws {
        let slices = try BuiltVolume().slices { _ in 0 }
        #expect(code { _ = try CTVolume(slices: slices + [slices[3]]) } == .duplicateInstance)
    }

    @Test func `slices that differ in orientation, spacing or size are refused`() throws {
        let base = try BuiltVolume().slices { _ in 0 }
        var tilted = BuiltVolume()
        tilted.tiltDegrees = 5
        tilted.locations = [100]
        var coarse = BuiltVolume()
        coarse.spacing = PixelSpacing(betweenRows: 2.1, betweenColumns: 2)
        coarse.locations = [100]
        var small = BuiltVolume()
        small.rows = 32
        small.locations = [100]
        for (built, expected) in [
            (tilted, HeadCTError.Code.inconsistentOrientation), (coarse, .inconsistentSpacing),
            (small, .inconsistentSize),
        ] {
            let other = try built.slices { _ in 0 }[0]
            let renamed = CTSlice(
                sopInstanceUID: "other",
                instanceNumber: 0,
                plane: other.plane,
                thickness: 5,
                hounsfield: other.hounsfield
            )
            #expect(code { _ = try CTVolume(slices: base + [renamed]) } == expected)
        }
    }

    @Test(arguments: [-25, -8.5, 0, 18.5]) func `gantry tilt is the shear of the stack`(
        degrees: Double
    ) throws {
        var built = BuiltVolume()
        built.tiltDegrees = degrees
        let volume = try built.volume { _ in 0 }
        #expect(abs(volume.gantryTiltDegrees - degrees) < 1e-6)
        #expect(abs(volume.locationsMM[1] - volume.locationsMM[0] - 5) < 1e-9)
    }

    @Test func `directions that are no unit vectors at right angles are refused`() {
        func make(_ down: SIMD3<Double>) throws {
            _ = try SlicePlane(
                position: SIMD3(0, 0, 0),
                rowDirection: SIMD3(1, 0, 0),
                columnDirection: down,
                pixelSpacing: PixelSpacing(betweenRows: 1, betweenColumns: 1),
                rows: 2,
                columns: 2
            )
        }
        #expect(code { try make(SIMD3(0, 2, 0)) } == .invalidAttribute)
        #expect(code { try make(SIMD3(0.5, 0.8, 0)) } == .invalidAttribute)
        #expect(code { try make(SIMD3(0, 1, 0)) } == nil)
    }

    @Test func `a gap belongs to no slice and an overlap is shared`() throws {
        var built = BuiltVolume()
        // 5 mm slices: two that touch, one after a gap of 30 mm, one that overlaps it by 4 mm.
        built.locations = [0, 5, 40, 41]
        let extents = try built.volume { _ in 0 }.sliceExtentsMM
        #expect(extents == [5, 5, 3, 1])
        built.locations = [7]
        #expect(try built.volume { _ in 0 }.sliceExtentsMM == [5])
        built.thickness = nil
        built.locations = [0, 3, 6]
        #expect(try built.volume { _ in 0 }.sliceExtentsMM == [3, 3, 3])
    }
}
