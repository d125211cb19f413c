/// The share of each prepared pixel that each class of haemorrhage covers, and the classes drawn
/// from it.
struct MaskFractions {
    private let size: Int
    private var fractions: [[Float]?]

    /// No haemorrhage yet, on a grid of `size` × `size`.
    init(size: Int) {
        self.size = size
        self.fractions = Array(repeating: nil, count: MaskImage.codes.count)
    }

    /// Adds a source slice's mask with the slice's share.
    mutating func add(_ mask: MaskImage, weight: Float, through plane: PlaneResampling) {
        let counts = mask.pixelCounts
        for (slot, code) in MaskImage.codes.enumerated() where counts[code] != nil {
            var grid = fractions[slot] ?? Array(repeating: 0, count: size * size)
            fractions[slot] = nil
            plane.accumulate(
                mask.classes.map { $0 == code ? 1 : 0 },
                background: 0,
                weight: weight,
                into: &grid
            )
            fractions[slot] = grid
        }
    }

    /// The class of each pixel: the most frequent class where at least half is haemorrhage.
    ///
    /// A lesion must not vanish: of each connected patch that reaches half nowhere, the fullest
    /// pixel is kept, and of each class that would be outvoted everywhere, its fullest pixel.
    func classes() -> [UInt8] {
        let present = fractions.indices.filter { fractions[$0] != nil }
        var result = [UInt8](repeating: 0, count: size * size)
        guard !present.isEmpty else { return result }
        var total = [Float](repeating: 0, count: size * size)
        for slot in present {
            for (pixel, share) in (fractions[slot] ?? []).enumerated() { total[pixel] += share }
        }
        for pixel in keptPixels(total) { result[pixel] = code(at: pixel, among: present) }
        for slot in present where !result.contains(MaskImage.codes[slot]) {
            guard let grid = fractions[slot], let best = Self.fullest(Array(grid.indices), of: grid)
            else { continue }
            result[best] = MaskImage.codes[slot]
        }
        return result
    }

    private func code(at pixel: Int, among present: [Int]) -> UInt8 {
        var best: (slot: Int, share: Float) = (present[0], 0)
        for slot in present {
            let share = fractions[slot]?[pixel] ?? 0
            if share > best.share { best = (slot, share) }
        }
        return MaskImage.codes[best.slot]
    }

    /// Rounding of the weights may leave a half-covered pixel a little below a half.
    private static let half: Float = 0.4999
    private static let none: Float = 1e-5

    private func keptPixels(_ total: [Float]) -> [Int] {
        var kept: [Int] = []
        for patch in patches(of: total) {
            let full = patch.filter { total[$0] >= Self.half }
            if full.isEmpty {
                kept += Self.fullest(patch, of: total).map { [$0] } ?? []
            } else {
                kept += full
            }
        }
        return kept
    }

    private static func fullest(_ pixels: [Int], of grid: [Float]) -> Int? {
        var best: Int?
        for pixel in pixels where grid[pixel] > (best.map { grid[$0] } ?? none) { best = pixel }
        return best
    }

    /// The 8-connected patches of pixels that any haemorrhage touches, pixels ascending in each.
    private func patches(of total: [Float]) -> [[Int]] {
        var isFree = total.map { $0 > Self.none }
        var result: [[Int]] = []
        for start in total.indices where isFree[start] {
            isFree[start] = false
            var patch = [start]
            var next = 0
            while next < patch.count {
                visitNeighbours(of: patch[next]) { neighbour in
                    guard isFree[neighbour] else { return }
                    isFree[neighbour] = false
                    patch.append(neighbour)
                }
                next += 1
            }
            result.append(patch.sorted())
        }
        return result
    }

    private func visitNeighbours(of pixel: Int, _ visit: (Int) -> Void) {
        let row = pixel / size
        let column = pixel % size
        for y in max(0, row - 1)...min(size - 1, row + 1) {
            for x in max(0, column - 1)...min(size - 1, column + 1) { visit(y * size + x) }
        }
    }
}
