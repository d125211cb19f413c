import Foundation
import Tensors

/// The dark and bright fans around a piece of metal in one slice.
///
/// A cheap model: a sum of cosines of the angle that decays with the distance, 30 to 300 HU at the
/// metal and about 10 to 20 HU at 60 mm, different in every slice.
struct StreakFan {
    /// The middle of the metal in pixels (column, row).
    let centre: SIMD2<Float>
    /// The radius of the metal in mm.
    let radius: Float
    let pixelSpacing: Float
    private let waves: [(spokes: Float, phase: Float, amplitude: Float)]

    /// Draws the waves of a fan.
    init(
        centre: SIMD2<Float>,
        radius: Float,
        pixelSpacing: Float,
        using generator: inout SeededGenerator
    ) {
        self.centre = centre
        self.radius = radius
        self.pixelSpacing = pixelSpacing
        let strength = min(1, radius / 5)
        self.waves = [2, 6, 10, 18].map { (spokes: Float) in
            (
                spokes, generator.drawFloat(0...6.283),
                strength * generator.drawFloat(25...75) * (generator.happens(0.5) ? 1 : -1)
            )
        }
    }

    /// Adds the fan to a picture; only the part inside the head, where `picture` is above air.
    func add(to picture: inout [Float], matrix: Int) {
        for row in 0..<matrix {
            let y = (Float(row) - centre.y) * pixelSpacing
            for column in 0..<matrix {
                let index = row * matrix + column
                let x = (Float(column) - centre.x) * pixelSpacing
                let distance = (x * x + y * y).squareRoot()
                guard distance > radius, picture[index] > -900 else { continue }
                let angle = atan2f(y, x)
                var sum: Float = 0
                for wave in waves {
                    sum += wave.amplitude * cosf(wave.spokes * angle + wave.phase)
                }
                let decay = 8 / (6 + (distance - radius))
                picture[index] += min(300, max(-300, sum * decay))
            }
        }
    }
}
