import HeadCT
import Tensors
import Testing

struct PreparedMaskTests {
    private func prepare(
        _ masks: [String: MaskImage],
        contract: PreprocessingContract,
        locations: [Double] = [0],
        thickness: Double = 5
    ) throws -> PreparedVolume {
        var built = BuiltVolume()
        built.locations = locations
        built.thickness = thickness
        return try PreparedVolume(
            volume: built.volume(BuiltVolume.disc(radius: 50)),
            masks: masks,
            contract: contract
        )
    }

    private func mask(_ isLesion: (_ row: Int, _ column: Int) -> UInt8) throws -> MaskImage {
        try MaskImage(
            rows: 64,
            columns: 64,
            classes: (0..<4096).map { isLesion($0 / 64, $0 % 64) }
        )
    }

    @Test func `a mask on the contract's grid stays as it is`() throws {
        let drawn = try mask { row, column in
            (20..<30).contains(row) && (30..<40).contains(column) ? 4 : row == 50 ? 255 : 0
        }
        let prepared = try prepare(["1.2.3.0": drawn], contract: contract())
        #expect(prepared.mask(at: 0) == drawn.classes)
        #expect(prepared.isMaskKnown(at: 0))
        let target = try #require(prepared.maskTarget(at: 0))
        #expect(target.values.reduce(0, +) == Float(drawn.lesionPixelCount))
    }

    @Test func `a slice without a mask is unknown and an empty mask is known`() throws {
        let unknown = try prepare([:], contract: contract())
        #expect(!unknown.isMaskKnown(at: 0))
        #expect(unknown.mask(at: 0) == nil)
        #expect(unknown.maskTarget(at: 0) == nil)
        let empty = try prepare(["1.2.3.0": .empty(rows: 64, columns: 64)], contract: contract())
        #expect(empty.isMaskKnown(at: 0))
        #expect(empty.mask(at: 0)?.contains { $0 != 0 } == false)
    }

    @Test func `reducing keeps the area and the class of the majority`() throws {
        let drawn = try mask { row, column in
            guard (20..<44).contains(row), (16..<48).contains(column) else { return 0 }
            return column < 32 ? 2 : 3
        }
        let prepared = try prepare(["1.2.3.0": drawn], contract: contract(pixel: 4, grid: 32))
        let classes = try #require(prepared.mask(at: 0))
        #expect(classes.count { $0 == 2 } * 4 == 24 * 16)
        #expect(classes.count { $0 == 3 } * 4 == 24 * 16)
        #expect(abs(prepared.lesionML - Double(24 * 32 * 4 * 5) / 1000) < 1e-9)
    }

    @Test func `a tiny lesion does not vanish, one pixel for each patch`() throws {
        let drawn = try mask { row, column in
            (row == 21 && column == 22) || (row == 40 && column == 41) ? 1 : 0
        }
        let prepared = try prepare(["1.2.3.0": drawn], contract: contract(pixel: 8, grid: 16))
        let classes = try #require(prepared.mask(at: 0))
        #expect(classes.count { $0 == 1 } == 2)
        #expect(classes[5 * 16 + 5] == 1)
        #expect(classes[10 * 16 + 10] == 1)
    }

    @Test func `a class that is outvoted everywhere keeps a pixel`() throws {
        let drawn = try mask { row, column in
            guard (16..<32).contains(row), (16..<32).contains(column) else { return 0 }
            return row == 20 && column == 20 ? 5 : 2
        }
        let prepared = try prepare(["1.2.3.0": drawn], contract: contract(pixel: 8, grid: 16))
        let classes = try #require(prepared.mask(at: 0))
        #expect(classes.count { $0 == 5 } == 1)
        #expect(classes.count { $0 == 2 } == 15)
    }

    @Test func `a lesion in one of several averaged slices stays`() throws {
        var masks: [String: MaskImage] = [:]
        for index in 0..<5 { masks["1.2.3.\(index)"] = .empty(rows: 64, columns: 64) }
        masks["1.2.3.3"] = try mask { row, column in
            (30..<33).contains(row) && (30..<33).contains(column) ? 3 : 0
        }
        let prepared = try prepare(
            masks,
            contract: contract(),
            locations: [0, 1, 2, 3, 4],
            thickness: 1
        )
        #expect(prepared.depth == 1)
        #expect(prepared.mask(at: 0)?.count { $0 == 3 } == 1)
        masks["1.2.3.1"] = nil
        let partly = try prepare(
            masks,
            contract: contract(),
            locations: [0, 1, 2, 3, 4],
            thickness: 1
        )
        #expect(!partly.isMaskKnown(at: 0))
    }

    @Test func `lesion pixels that the grid does not reach are counted`() throws {
        let drawn = try mask { row, column in row == 32 && column < 4 ? 5 : 0 }
        let narrow = try prepare(["1.2.3.0": drawn], contract: contract(grid: 40))
        #expect(narrow.lesionPixelsOutsideGrid == 4)
        let wide = try prepare(["1.2.3.0": drawn], contract: contract())
        #expect(wide.lesionPixelsOutsideGrid == 0)
    }

    @Test func `labels of source slices combine into those of a prepared slice`() throws {
        let prepared = try prepare(
            [:],
            contract: contract(),
            locations: [0, 1, 2],
            thickness: 1
        )
        var labels: [String: SliceLabels] = [:]
        for index in 0..<3 {
            labels["1.2.3.\(index)"] = SliceLabels(
                values: [.any: index == 1, .subdural: false],
                source: .single
            )
        }
        #expect(prepared.values(at: 0, from: labels) == [.any: true, .subdural: false])
        labels["1.2.3.2"] = nil
        #expect(prepared.values(at: 0, from: labels) == [.any: true])
    }
}
