import Foundation
import HeadCT
import Tensors
import Testing

struct PreparedVolumeTests {
    @Test func `a slice whose grid is the contract's stays as it is`() throws {
        // A disc whose centre of mass is the middle of the picture.
        let volume = try BuiltVolume().volume(BuiltVolume.disc(radius: 50))
        let prepared = try PreparedVolume(volume: volume, contract: contract())
        #expect(prepared.depth == 8)
        for z in 0..<prepared.depth {
            #expect(prepared.hounsfield(at: z) == volume.slices[z].hounsfield.map { Float($0) })
        }
        #expect(prepared.validSlices == Array(0..<8))
        #expect(prepared.slices.map(\.extentMM) == Array(repeating: 5, count: 8))
    }

    @Test func `reducing keeps the mean and does not alias`() throws {
        // Stripes of one pixel: samples would catch one phase, averages give the middle.
        var built = BuiltVolume(rows: 128, columns: 128)
        built.spacing = PixelSpacing(betweenRows: 1, betweenColumns: 1)
        built.corner = SIMD3(-63.5, -63.5, 0)
        let volume = try built.volume { place in
            abs(place.x) > 60 || abs(place.y) > 60
                ? -1000 : Int(place.x + 1000.5).isMultiple(of: 2) ? 100 : 0
        }
        let prepared = try PreparedVolume(volume: volume, contract: contract(pixel: 3.2, grid: 40))
        let values = prepared.hounsfield(at: 3)
        let mean = values.reduce(0, +) / Float(values.count)
        let source = volume.slices[3].hounsfield.map { Float($0) }
        #expect(abs(mean - source.reduce(0, +) / Float(source.count)) < 0.5)
        for y in 5..<35 {
            for x in 5..<35 { #expect(abs(values[y * 40 + x] - 50) < 16) }
        }
    }

    @Test func `enlarging interpolates linearly`() throws {
        let volume = try BuiltVolume().volume { place in
            abs(place.x) > 55 || abs(place.y) > 55 ? -1000 : Int16((place.x * 2).rounded())
        }
        let prepared = try PreparedVolume(volume: volume, contract: contract(pixel: 1, grid: 64))
        let row = Array(prepared.hounsfield(at: 2)[32 * 64..<33 * 64])
        for (left, right) in zip(row, row.dropFirst()) { #expect(abs(right - left - 2) < 0.01) }
    }

    @Test func `the head is brought to the middle`() throws {
        let volume = try BuiltVolume().volume { place in
            hypot(place.x - 21, place.y + 14) < 30 ? 40 : -1000
        }
        let prepared = try PreparedVolume(volume: volume, contract: contract(grid: 40))
        #expect(abs(prepared.centreMM.x - 21) < 0.2)
        #expect(abs(prepared.centreMM.y + 14) < 0.2)
        let values = prepared.hounsfield(at: 0)
        for (pixel, value) in values.enumerated() {
            let distance = hypot(Double(pixel % 40) - 19.5, Double(pixel / 40) - 19.5) * 2
            if distance < 26 { #expect(value == 40) }
            if distance > 34 { #expect(value == -1000) }
        }
    }

    @Test(arguments: [-18.5, 8.5]) func `a sheared stack is straightened`(degrees: Double) throws {
        var built = BuiltVolume(rows: 100, columns: 64)
        built.corner = SIMD3(-63, -99, 0)
        built.locations = (0..<30).map { Double($0) * 4 }
        built.thickness = 4
        built.tiltDegrees = degrees
        let angle = degrees * .pi / 180
        let down = SIMD3(0, cos(angle), sin(angle))
        let normal = SIMD3(0, -sin(angle), cos(angle))
        // An ellipsoid with its axes along the scan plane and its normal.
        let middle = down * 6 + normal * 60
        let volume = try built.volume { place in
            let from = place - middle
            let u = from.x / 40
            let v = (from * down).sum() / 50
            let w = (from * normal).sum() / 48
            return u * u + v * v + w * w < 1 ? 35 : -1000
        }
        let prepared = try PreparedVolume(volume: volume, contract: contract(slice: 4))
        for z in 0..<prepared.depth {
            let w = (prepared.slices[z].locationMM - 60) / 48
            let scale = max(0, 1 - w * w).squareRoot()
            for (pixel, value) in prepared.hounsfield(at: z).enumerated() where scale > 0.3 {
                let u = (Double(pixel % 64) - 31.5) * 2 / 40
                let v = (Double(pixel / 64) - 31.5) * 2 / 50
                let radius = (u * u + v * v).squareRoot()
                if radius < scale - 0.12 { #expect(value == 35) }
                if radius > scale + 0.12 { #expect(value == -1000) }
            }
        }
    }

    @Test func `thin slices are averaged to the contract's spacing`() throws {
        var built = BuiltVolume()
        built.locations = (0..<20).map { Double($0) }
        built.thickness = 1
        let volume = try built.volume { place in
            abs(place.x) < 50 && abs(place.y) < 50 ? Int16(place.z) : -1000
        }
        let prepared = try PreparedVolume(volume: volume, contract: contract())
        #expect(prepared.depth == 4)
        #expect(prepared.slices.map(\.locationMM) == [2, 7, 12, 17])
        #expect(prepared.slices.allSatisfy { abs($0.extentMM - 5) < 1e-9 })
        let middle = (0..<4).map { prepared.hounsfield(at: $0)[32 * 64 + 32] }
        #expect(zip(middle, [Float(2), 7, 12, 17]).allSatisfy { abs($0 - $1) <= 0.125 })
        #expect(prepared.slices[1].sources.map(\.index) == [5, 6, 7, 8, 9])
    }

    @Test func `no slice is lost where thin slices do not fill whole steps`() throws {
        var built = BuiltVolume()
        built.locations = (0..<13).map { Double($0) }
        built.thickness = 1
        let prepared = try PreparedVolume(
            volume: built.volume(BuiltVolume.disc(radius: 40)),
            contract: contract()
        )
        let used = Set(prepared.slices.flatMap { $0.sources.map(\.index) })
        #expect(used == Set(0..<13))
        #expect(abs(prepared.slices.map(\.extentMM).reduce(0, +) - 13) < 1e-9)
    }

    @Test func `a slab stops at gaps and ends and repeats its last slice`() throws {
        var built = BuiltVolume()
        built.locations = [0, 5, 10, 40, 45, 100]
        let volume = try built.volume(BuiltVolume.disc(radius: 50))
        let prepared = try PreparedVolume(volume: volume, contract: contract())
        #expect(prepared.depth == 6)
        #expect(prepared.slabIndices(at: 0) == [0, 0, 0, 1, 2])
        #expect(prepared.slabIndices(at: 2) == [0, 1, 2, 2, 2])
        #expect(prepared.slabIndices(at: 3) == [3, 3, 3, 4, 4])
        #expect(prepared.slabIndices(at: 5) == [5, 5, 5, 5, 5])
    }

    @Test func `a series of thin and thick slices keeps both kinds`() throws {
        var built = BuiltVolume()
        built.locations = [0, 1, 2, 3, 4, 7, 12, 17]
        var slices = try built.slices(BuiltVolume.disc(radius: 50))
        slices = slices.enumerated().map { index, slice in
            CTSlice(
                sopInstanceUID: slice.sopInstanceUID,
                instanceNumber: index,
                plane: slice.plane,
                thickness: index < 5 ? 1 : 5,
                hounsfield: slice.hounsfield
            )
        }
        let prepared = try PreparedVolume(volume: CTVolume(slices: slices), contract: contract())
        #expect(prepared.slices.map { $0.sources.count } == [5, 1, 1, 1])
        #expect(prepared.slabIndices(at: 1) == [0, 0, 1, 2, 3])
    }

    @Test func `a slab holds windows, slices, rows and columns in this order`() throws {
        var built = BuiltVolume()
        built.locations = [0, 5, 10]
        let volume = try built.volume { place in
            abs(place.x) < 50 && abs(place.y) < 50 ? Int16(20 + 2 * place.z) : -1000
        }
        let windows = [Window.brain, .subdural]
        let prepared = try PreparedVolume(
            volume: volume,
            contract: contract(depth: 3, windows: windows)
        )
        let slab = prepared.slab(at: 1)
        #expect(slab.shape == [2, 3, 64, 64])
        for (channel, window) in windows.enumerated() {
            for (position, z) in prepared.slabIndices(at: 1).enumerated() {
                let values = prepared.hounsfield(at: z)
                for pixel in [0, 32 * 64 + 32, 4095] {
                    let index = (channel * 3 + position) * 4096 + pixel
                    #expect(abs(slab[index] - window.apply(values[pixel])) < 1e-6)
                }
            }
        }
        let centred = try PreprocessingContract(
            sliceSpacingMM: 5,
            pixelSpacingMM: 2,
            gridSize: 64,
            slabDepth: 3,
            windows: windows,
            range: .centred
        )
        let shifted = try PreparedVolume(volume: volume, contract: centred).slab(at: 1)
        for index in [0, 2000, 5000] { #expect(shifted[index] == slab[index] * 2 - 1) }
    }

    @Test func `equal input gives equal output`() throws {
        var built = BuiltVolume()
        built.tiltDegrees = 12
        let volume = try built.volume(BuiltVolume.disc(radius: 45))
        let contract = try contract(pixel: 3.1, grid: 44)
        let first = try PreparedVolume(volume: volume, contract: contract)
        #expect(try PreparedVolume(volume: volume, contract: contract) == first)
    }
}
