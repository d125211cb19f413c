import Crypto
import DICOM
import Deidentification
import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: SharedData.exists, "needs ../shared")) struct FaceRemovalTests {
    private static let key = SymmetricKey(data: Data(repeating: 7, count: 32))

    private static func removal(
        _ slices: [HeadSlices.Slice],
        _ mode: FaceRemovalMode = .face,
        study: String = "1.2.3"
    ) throws -> FaceRemoval {
        try FaceRemoval(HeadSlices.stack(slices), mode: mode, key: key, study: study)
    }

    private static func applied(
        _ removal: FaceRemoval,
        to slices: [HeadSlices.Slice]
    ) -> [HeadSlices.Slice] {
        slices.map { slice in
            var result = slice
            removal.apply(
                to: &result.samples,
                placement: slice.placement,
                slope: slice.slope,
                intercept: slice.intercept
            )
            return result
        }
    }

    @Test(arguments: HeadSlices.Head.allCases)
    func `the face is gone and the head above it stays`(head: HeadSlices.Head) throws {
        let slices = try HeadSlices.read(head)
        let removal = try Self.removal(slices)
        let report = removal.report
        #expect(report.outcome == .removed)
        #expect((60...400).contains(report.removedML), "\(report)")
        #expect((report.distancesMM[.nose] ?? 0) > 10, "\(report)")
        #expect((report.distancesMM[.eyes] ?? 0) >= 8, "\(report)")
        let after = Self.applied(removal, to: slices)
        let changed = zip(slices, after).map { before, after in
            before.samples.indices.filter { before.samples[$0] != after.samples[$0] }
        }
        // What replaces tissue is air, in every pixel.
        for (slice, pixels) in zip(after, changed) {
            let hounsfield = pixels.map {
                Double(slice.samples[$0]) * slice.slope + slice.intercept
            }
            #expect(hounsfield.allSatisfy { $0 < -850 })
        }
        let heights = slices.map(\.placement.position.z)
        // The tilt of the gantry brings the ears into slices that begin higher in front.
        let top = (heights.max() ?? 0) - (head == .vtk ? 0 : 20)
        for (slice, pixels) in zip(slices, changed) where slice.placement.position.z > top {
            #expect(pixels.isEmpty)
        }
    }

    @Test(arguments: HeadSlices.Head.allCases)
    func `nothing inside the skull is touched`(head: HeadSlices.Head) throws {
        let slices = try HeadSlices.read(head)
        let defaced = Self.applied(try Self.removal(slices), to: slices)
        let brain = Self.applied(try Self.removal(slices, .brainOnly), to: slices)
        var kept = 0
        for index in slices.indices {
            for pixel in slices[index].samples.indices
            where brain[index].samples[pixel] == slices[index].samples[pixel] {
                let hounsfield =
                    Double(slices[index].samples[pixel]) * slices[index].slope
                    + slices[index].intercept
                guard hounsfield > -100 else { continue }
                kept += 1
                if defaced[index].samples[pixel] != slices[index].samples[pixel] {
                    Issue.record("slice \(index), pixel \(pixel)")
                    return
                }
            }
        }
        #expect(kept > 10_000)
    }

    @Test func `the same key and study give the same cut and others another`() throws {
        let slices = try HeadSlices.read(.vtk)
        func samples(_ study: String) throws -> [[Int32]] {
            Self.applied(try Self.removal(slices, study: study), to: slices).map(\.samples)
        }
        let first = try samples("1.2.3")
        #expect(try samples("1.2.3") == first)
        #expect(try samples("1.2.4") != first)
    }

    @Test(arguments: HeadSlices.Change.allCases)
    func `order, direction and mirroring of slices change nothing`(
        change: HeadSlices.Change
    ) throws {
        let slices = try HeadSlices.read(.ge)
        let plain = try Self.removal(slices).report
        let other = try Self.removal(HeadSlices.changed(slices, change)).report
        #expect(other.outcome == .removed)
        #expect(abs(other.removedML / plain.removedML - 1) < 0.05)
        #expect(abs(other.cavityML / plain.cavityML - 1) < 0.02)
    }

    @Test func `a scan that ends above the orbits has no face`() throws {
        let slices = try HeadSlices.read(.cq500).filter { $0.placement.position.z > 75 }
        let removal = try Self.removal(slices)
        #expect(removal.report.outcome == .noFaceInScan)
        #expect(removal.report.removedML == 0)
        #expect(Self.applied(removal, to: slices).map(\.samples) == slices.map(\.samples))
    }

    @Test func `a head that lies upside down in its coordinates is refused`() throws {
        let slices = try HeadSlices.read(.cq500).map { slice in
            var slice = slice
            let old = slice.placement
            let mirror = SIMD3<Double>(1, 1, -1)
            slice.placement = SlicePlacement(
                rows: old.rows,
                columns: old.columns,
                rowSpacing: old.rowSpacing,
                columnSpacing: old.columnSpacing,
                position: old.position * mirror,
                rowDirection: old.rowDirection * mirror,
                columnDirection: old.columnDirection * mirror
            )
            return slice
        }
        #expect { try Self.removal(slices) } throws: {
            ($0 as? FaceRemovalError)?.code == .noOrbits
        }
    }

    @Test func `a trunk has no face, and a head is no trunk`() throws {
        func stack(halfWidth: Double, halfDepth: Double) -> SliceStack {
            var stack = SliceStack()
            for number in 0..<6 {
                let samples = (0..<128 * 128).map { index -> Int32 in
                    let x = Double(index % 128 - 64) * 3 / halfWidth
                    let y = Double(index / 128 - 64) * 3 / halfDepth
                    let isLung = abs(abs(x) - 0.4) < 0.25 && abs(y) < 0.5
                    return x * x + y * y > 1 || isLung ? -1000 : 40
                }
                let placement = SlicePlacement(
                    rows: 128,
                    columns: 128,
                    rowSpacing: 3,
                    columnSpacing: 3,
                    position: [-192, -192, Double(number) * 5],
                    rowDirection: [1, 0, 0],
                    columnDirection: [0, 1, 0]
                )
                stack.append(samples, placement: placement, slope: 1, intercept: 0)
            }
            return stack
        }
        #expect(stack(halfWidth: 170, halfDepth: 115).showsTrunkOnly)
        #expect(!stack(halfWidth: 90, halfDepth: 115).showsTrunkOnly)
        for head in HeadSlices.Head.allCases {
            #expect(!HeadSlices.stack(try HeadSlices.read(head)).showsTrunkOnly)
        }
    }

    @Test func `air and a few slices are refused`() throws {
        let slices = try HeadSlices.read(.ge)
        let empty = slices.map { slice in
            var slice = slice
            slice.samples = slice.samples.map { _ in -1000 }
            return slice
        }
        #expect { try Self.removal(empty) } throws: {
            ($0 as? FaceRemovalError)?.code == .noCranialCavity
        }
        #expect { try Self.removal(Array(slices.prefix(3))) } throws: {
            ($0 as? FaceRemovalError)?.code == .tooFewSlices
        }
    }

    @Test func `renderings before and after are PNG files and differ`() throws {
        let slices = try HeadSlices.read(.vtk)
        let after = Self.applied(try Self.removal(slices), to: slices)
        let views = try [slices, after].map {
            try #require(SurfaceRendering(HeadSlices.stack($0))).views
        }
        #expect(views[0].png.starts(with: [0x89, 0x50, 0x4e, 0x47]))
        #expect(views[0] != views[1])
    }
}
