import Foundation
import Tensors

/// What a scanner makes of an ideal slice: blur, cupping, noise, offset, 12 bits.
struct DetectorModel: Sendable {
    /// What every stored pixel has at least and at most, in HU (12 bits, intercept -1024).
    static let range = (-1024 as Float)...(3071 as Float)

    let scanner: SimulatedScanner
    private let blur: Blur
    private let wideBlur: Blur
    private let texture: NoiseTexture

    /// Prepares the model of a scanner; the seed makes its noise.
    init(scanner: SimulatedScanner, seed: UInt64) {
        self.scanner = scanner
        let spacing = scanner.pixelSpacingMM
        self.blur = Blur(sigma: scanner.kernel.sigmaMM / spacing)
        self.wideBlur = Blur(sigma: 1.3 / spacing)
        self.texture = NoiseTexture(matrix: scanner.matrix, kernel: scanner.kernel, seed: seed)
    }

    /// The slice in HU as it would be stored.
    func measured(
        _ ideal: [Float],
        streaks: [StreakFan],
        using generator: inout SeededGenerator
    ) -> [Int16] {
        let matrix = scanner.matrix
        var picture = sharpened(blur.applied(to: ideal, edge: matrix))
        addCupping(to: &picture)
        for fan in streaks { fan.add(to: &picture, matrix: matrix) }
        texture.add(
            to: &picture,
            matrix: matrix,
            deviation: Float(scanner.noiseHU),
            using: &generator
        )
        let offset = Float(scanner.offsetHU)
        return picture.map { value in
            Int16(min(Self.range.upperBound, max(Self.range.lowerBound, value + offset)).rounded())
        }
    }

    /// Takes part of a wider blur away, as sharp kernels do.
    private func sharpened(_ picture: [Float]) -> [Float] {
        let amount = scanner.kernel.overshoot
        guard amount > 0 else { return picture }
        let wide = wideBlur.applied(to: picture, edge: scanner.matrix)
        return zip(picture, wide).map { $0 + amount * ($0 - $1) }
    }

    /// What beam hardening leaves: brain under the skull reads up to 2.5 HU too high.
    private func addCupping(to picture: inout [Float]) {
        let matrix = scanner.matrix
        let half = Float(matrix - 1) / 2
        let scale = Float(scanner.pixelSpacingMM) / 75
        for row in 0..<matrix {
            let y = (Float(row) - half) * scale
            for column in 0..<matrix {
                let x = (Float(column) - half) * scale
                let radius = min(1.2, x * x + y * y)
                picture[row * matrix + column] += 2.5 * radius * radius
            }
        }
    }
}
