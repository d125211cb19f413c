import Foundation
import Tensors

/// A periodic picture of unit noise with the spectrum of a filtered back projection.
///
/// Slices read it at random places, transposed or negated at random, so that no two are alike.
struct NoiseTexture: Sendable {
    let edge: Int
    private let values: [Float]

    /// Makes the noise of a kernel for pictures up to a size.
    init(matrix: Int, kernel: ReconstructionKernel, seed: UInt64) {
        var edge = 256
        while edge < matrix { edge *= 2 }
        var generator = SeededGenerator(seed: seed, stream: "noise-texture")
        let white = (0..<edge * edge).map { _ in Float(generator.nextGaussian()) }
        let wide = Blur(sigma: 1.3).applied(to: white, edge: edge)
        let mixed = zip(white, wide).map { $0 - kernel.noiseHighPass * $1 }
        let mean = mixed.reduce(0) { $0 + Double($1) } / Double(mixed.count)
        let variance =
            mixed.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
            / Double(mixed.count)
        let scale = 1 / variance.squareRoot()
        self.edge = edge
        self.values = mixed.map { Float((Double($0) - mean) * scale) }
    }

    /// Adds noise of a standard deviation, 20 % greater in the middle than at the edge.
    func add(
        to picture: inout [Float],
        matrix: Int,
        deviation: Float,
        using generator: inout SeededGenerator
    ) {
        let mask = edge - 1
        let word = generator.next()
        let (top, left) = (Int(word & 0xffff) & mask, Int(word >> 16 & 0xffff) & mask)
        let sign: Float = word >> 40 & 1 == 0 ? 1 : -1
        let (down, across) = word >> 41 & 1 == 0 ? (edge, 1) : (1, edge)
        let half = Float(matrix - 1) / 2
        for row in 0..<matrix {
            let y = (Float(row) - half) / half
            let line = ((row + top) & mask) * down
            for column in 0..<matrix {
                let x = (Float(column) - half) / half
                let amount = deviation * sign * (1.04 - 0.2 * min(1, x * x + y * y))
                picture[row * matrix + column] +=
                    amount * values[line + ((column + left) & mask) * across]
            }
        }
    }
}
