import Foundation
import HeadCT
import TestSupport
import Testing

@Suite(.enabled(if: SharedData.exists, "\(SharedData.absent)"))
struct RealVolumeTests {
    @Test func `a thin tilted head becomes a straight stack of thick slices`() throws {
        let volume = try SharedSeries.volume(in: "data/cq500-ct0-thin")
        #expect(volume.slices.count == 239)
        #expect(abs(abs(volume.gantryTiltDegrees) - 8.5) < 0.05)
        #expect(volume.isEvenlySpaced)
        let distance = 0.625 * cos(8.5 * Double.pi / 180)
        #expect(volume.sliceDistancesMM.allSatisfy { abs($0 - distance) < 0.01 })
        #expect(volume.slices.allSatisfy { $0.hounsfield.allSatisfy { $0 >= -1024 } })
        let clock = ContinuousClock()
        var prepared: PreparedVolume?
        let time = try clock.measure {
            prepared = try PreparedVolume(
                volume: volume,
                contract: contract(pixel: 1.8, grid: 128, windows: [.brain])
            )
        }
        let result = try #require(prepared)
        print("prepared 239 slices of 512 x 512 in \(time)")
        #expect(result.depth == 30)
        let extent = result.slices.map(\.extentMM).reduce(0, +)
        #expect(abs(extent - 239 * distance) < 0.1)
        // The brain lies in the middle: most of the central pixels show tissue, not air or bone.
        let values = result.hounsfield(at: 20)
        let central = (44..<84).flatMap { y in (44..<84).map { values[y * 128 + $0] } }
        #expect(central.count { (0...120).contains($0) } > central.count * 8 / 10)
    }

    @Test func `a head of 4 and 7 mm slices keeps its slices and their extents`() throws {
        let volume = try SharedSeries.volume(in: "data/ge-head-gantry-tilt/series")
        #expect(volume.slices.count == 28)
        #expect(abs(abs(volume.gantryTiltDegrees) - 18.5) < 0.1)
        #expect(!volume.isEvenlySpaced)
        #expect(Set(volume.slices.compactMap(\.thickness)) == [4, 7])
        let distances = volume.sliceDistancesMM.map { ($0 * 100).rounded() / 100 }
        #expect(Set(distances) == [4, 1.08, 7])
        // Half a slice beyond the first and the last; the overlap of 4 and 7 mm in the middle is
        // counted once.
        let span = volume.locationsMM[27] - volume.locationsMM[0]
        let extent = volume.sliceExtentsMM.reduce(0, +)
        #expect(abs(extent - (span + 2 + 3.5)) < 0.1)
        let prepared = try PreparedVolume(
            volume: volume,
            contract: contract(pixel: 2, grid: 128, windows: [.brain, .bone])
        )
        #expect(prepared.depth == 28)
        #expect(prepared.slices.allSatisfy { $0.sources.count == 1 })
        #expect(prepared.slabIndices(at: 14) == [12, 13, 14, 15, 16])
        // Straightened, the head's middle moves little from slice to slice.
        let middles = (8..<22).map { Self.middleRow(of: prepared.hounsfield(at: $0)) }
        for (left, right) in zip(middles, middles.dropFirst()) { #expect(abs(right - left) < 4) }
    }

    private static func middleRow(of values: [Float]) -> Double {
        var sum = 0.0
        var count = 0.0
        for (pixel, value) in values.enumerated() where value > -200 {
            sum += Double(pixel / 128)
            count += 1
        }
        return sum / count
    }

    @Test func `thirty slices of 512 x 512 are prepared in little time`() throws {
        let files = try SharedSeries.files(in: "data/ge-head-gantry-tilt/series")
        let volume = try SharedSeries.volume(of: files)
        let contract = try contract(pixel: 1.8, grid: 128)
        let clock = ContinuousClock()
        let time = try (0..<5).map { _ in
            try clock.measure { _ = try PreparedVolume(volume: volume, contract: contract) }
        }.min()
        print("prepared 28 slices of 512 x 512 in \(time ?? .zero)")
        #expect((time ?? .seconds(9)) < .milliseconds(400))
        let prepared = try PreparedVolume(volume: volume, contract: contract)
        let slab = clock.measure { _ = prepared.slab(at: 14) }
        print("made a slab in \(slab)")
    }
}
