import Foundation
import Tensors

/// A smooth periodic random field in three dimensions with mean 0 and standard deviation 1.
///
/// One field serves a whole hospital: every head reads it at its own offset. Its zero surfaces
/// are about 4.4 times ``correlationLength`` apart, which gives the folds of the cortex.
struct NoiseVolume: Sendable {
    /// The edge of the periodic cube in cells of one unit; a power of two.
    static let edge = 64

    /// The standard deviation of the Gaussian the white field was smoothed with, in cells.
    static let correlationLength: Float = 1.6

    private let cells: [Float]

    /// Makes the field of a seed.
    init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed, stream: "noise-volume")
        let count = Self.edge * Self.edge * Self.edge
        var cells = (0..<count).map { _ in Float(generator.nextUniform() - 0.5) }
        for stride in [1, Self.edge, Self.edge * Self.edge] {
            cells = Self.smoothed(cells, along: stride)
        }
        self.cells = Self.standardized(cells)
    }

    /// The field at a point in units of cells, by trilinear interpolation.
    ///
    /// Coordinates lie above -512 cells.
    @inline(__always)
    func value(_ x: Float, _ y: Float, _ z: Float) -> Float {
        let mask = Self.edge - 1
        // Positive numbers, so that truncation rounds down: much faster than a call of floor.
        let (x, y, z) = (x + 512, y + 512, z + 512)
        let (wholeX, wholeY, wholeZ) = (Int32(x), Int32(y), Int32(z))
        let i = Int(wholeX) & mask
        let j = (Int(wholeY) & mask) * Self.edge
        let k = (Int(wholeZ) & mask) * Self.edge * Self.edge
        let i1 = (i + 1) & mask
        let j1 = (j + Self.edge) & (mask * Self.edge)
        let k1 = (k + Self.edge * Self.edge) & (mask * Self.edge * Self.edge)
        let fx = x - Float(wholeX)
        let fy = y - Float(wholeY)
        let near = mix(row(i, i1, j + k, fx), row(i, i1, j1 + k, fx), fy)
        let far = mix(row(i, i1, j + k1, fx), row(i, i1, j1 + k1, fx), fy)
        return mix(near, far, z - Float(wholeZ))
    }

    @inline(__always)
    private func row(_ i: Int, _ i1: Int, _ base: Int, _ t: Float) -> Float {
        mix(cells[base + i], cells[base + i1], t)
    }

    @inline(__always)
    private func mix(_ a: Float, _ b: Float, _ t: Float) -> Float { a + (b - a) * t }

    private static func smoothed(_ cells: [Float], along stride: Int) -> [Float] {
        let radius = 6
        let weights = (-radius...radius).map { offset in
            Float(exp(-0.5 * pow(Double(offset) / Double(correlationLength), 2)))
        }
        var result = [Float](repeating: 0, count: cells.count)
        for index in cells.indices {
            let place = index / stride % edge
            let base = index - place * stride
            var sum: Float = 0
            for (tap, weight) in weights.enumerated() {
                let neighbour = (place + tap - radius + edge) & (edge - 1)
                sum += weight * cells[base + neighbour * stride]
            }
            result[index] = sum
        }
        return result
    }

    private static func standardized(_ cells: [Float]) -> [Float] {
        let count = Double(cells.count)
        let mean = cells.reduce(0) { $0 + Double($1) } / count
        let variance = cells.reduce(0) { $0 + pow(Double($1) - mean, 2) } / count
        let scale = 1 / variance.squareRoot()
        return cells.map { Float((Double($0) - mean) * scale) }
    }
}
