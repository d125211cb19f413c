/// How much of the head the contents of the skull fill, by height: little where the face is.
struct BrainFilling: Sendable {
    private let heights: [Double]
    private let parts: [Double]

    /// Above the orbits brain fills at least a third of every layer; beside a face, hardly any.
    static let least = 0.3

    /// Layers of less than 40 cm² of head, as at the vertex, tell nothing.
    init(_ head: HeadSegmentation) {
        let grid = head.grid
        let layer = grid.strides.z
        var heights: [Double] = []
        var parts: [Double] = []
        for z in 0..<grid.counts.z {
            let cells = z * layer..<(z + 1) * layer
            let body = cells.count { head.body[$0] }
            guard Double(body) * grid.spacing * grid.spacing >= 4_000 else { continue }
            heights.append(grid.origin.z + Double(z) * grid.spacing)
            parts.append(Double(cells.count { head.cavity[$0] }) / Double(body))
        }
        self.heights = heights
        self.parts = parts
    }

    /// The least filling of the lower half of the scan.
    var ofLowerHalf: Double { parts.prefix((parts.count + 1) / 2).min() ?? 0 }

    /// The greatest filling of the layers within some mm above a height.
    func above(_ height: Double, within reach: Double) -> Double {
        zip(heights, parts).filter { (height...height + reach).contains($0.0) }.map(\.1).max() ?? 0
    }
}
