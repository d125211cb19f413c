import Foundation
import HeadCT
import Testing

struct PreprocessingContractTests {
    @Test func `windows map their range to 0...1`() {
        #expect(Window.brain.apply(0) == 0)
        #expect(Window.brain.apply(40) == 0.5)
        #expect(Window.brain.apply(60) == 0.75)
        #expect(Window.brain.apply(80) == 1)
        #expect(abs(Window.subdural.apply(-20)) < 1e-6)
        #expect(abs(Window.subdural.apply(180) - 1) < 1e-6)
        #expect(abs(Window.bone.apply(600) - 0.5) < 1e-6)
        #expect(Window.bone.apply(3071) == 1)
        #expect(Window.brain.apply(-1000) == 0)
    }

    @Test func `the digest changes with every value and not otherwise`() throws {
        let base = try contract()
        let variants = [
            try contract(slice: 4), try contract(pixel: 1), try contract(grid: 32),
            try contract(depth: 3), try contract(windows: [.subdural]),
            try contract(windows: [.brain, .brain]),
            try PreprocessingContract(
                sliceSpacingMM: 5,
                pixelSpacingMM: 2,
                gridSize: 64,
                slabDepth: 5,
                windows: [.brain],
                range: .centred
            ),
        ]
        #expect(Set(variants.map(\.digest) + [base.digest]).count == variants.count + 1)
        #expect(base.digest == (try contract()).digest)
        #expect(base.digest.count == 64)
    }

    @Test func `a contract survives JSON and its range may be left out`() throws {
        let base = try contract(windows: [.brain, .bone])
        let again = try JSONDecoder().decode(
            PreprocessingContract.self,
            from: JSONEncoder().encode(base)
        )
        #expect(again == base)
        let text = """
            {"sliceSpacingMM": 5, "pixelSpacingMM": 2, "gridSize": 64, "slabDepth": 5,
             "windows": [{"center": 40, "width": 80}, {"center": 600, "width": 2800}]}
            """
        let plain = try JSONDecoder().decode(PreprocessingContract.self, from: Data(text.utf8))
        #expect(plain == base)
        #expect(plain.digest == base.digest)
    }

    @Test func `every value out of bounds is named`() {
        do {
            _ = try contract(
                slice: 0,
                pixel: .nan,
                grid: 4,
                depth: 4,
                windows: [Window(center: 0, width: 0)]
            )
            Issue.record("accepted")
        } catch {
            let text = "\(error)"
            for name in ["sliceSpacingMM", "pixelSpacingMM", "gridSize", "slabDepth", "window"] {
                #expect(text.contains(name))
            }
        }
    }
}
