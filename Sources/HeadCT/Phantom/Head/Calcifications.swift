import Tensors

/// Harmless calcifications, the hard negatives of a threshold (100 to 300 HU; Welker 1990 for rates).
struct Calcifications {
    let parts: BrainParts
    let ageYears: Double
    /// The factor of all rates; 1 is a usual population.
    let factor: Double

    /// Draws the calcifications of a patient.
    func structures(using generator: inout SeededGenerator) -> [Structure] {
        let adult = min(1, max(0, (ageYears - 8) / 25))
        let old = min(1, max(0, (ageYears - 45) / 35))
        var result: [Structure] = []
        if generator.happens(0.65 * adult * factor) {
            result.append(spot([0, 24, 4], 1.4...3.2, 110...300, &generator))
        }
        if generator.happens(0.55 * adult * factor) {
            for side in [Float(-1), 1] where generator.happens(0.85) {
                result.append(spot([side * 23, 30, 10], 1.6...3.6, 100...300, &generator))
            }
        }
        if generator.happens((0.05 + 0.13 * old) * factor) {
            for side in [Float(-1), 1] where generator.happens(0.8) {
                result.append(spot([side * 21, -2, 3], 1.5...4.2, 85...180, &generator))
            }
        }
        if generator.happens((0.04 + 0.12 * adult) * factor) {
            result.append(plaque(&generator))
        }
        if generator.happens(0.16 * factor) { result.append(mimic(&generator)) }
        return result
    }

    private func spot(
        _ place: SIMD3<Float>,
        _ radius: ClosedRange<Double>,
        _ density: ClosedRange<Double>,
        _ generator: inout SeededGenerator
    ) -> Structure {
        let size = generator.drawFloat(radius)
        let axes = SIMD3(
            size,
            size * generator.drawFloat(0.8...1.5),
            size * generator.drawFloat(0.7...1.2)
        )
        let yaw = generator.drawFloat(-40...40)
        let hounsfield = generator.drawFloat(density)
        return Structure(shape: parts.one(place, axes, yaw: yaw), hounsfield: hounsfield)
    }

    /// A plaque of the falx.
    private func plaque(_ generator: inout SeededGenerator) -> Structure {
        let angle = generator.drawFloat(-0.9...0.9)
        let place = SIMD3<Float>(0, 48 * angle, 52 - 14 * angle * angle)
        let length = generator.drawFloat(3...9)
        return Structure(
            shape: parts.one(place, [1.6, length, 4]),
            hounsfield: generator.drawFloat(120...350)
        )
    }

    /// A punctate density anywhere in the brain, of the size of a microhaemorrhage (90 to 150 HU).
    private func mimic(_ generator: inout SeededGenerator) -> Structure {
        let place = SIMD3<Float>(
            generator.drawSign() * generator.drawFloat(8...45),
            generator.drawFloat(-50...50),
            generator.drawFloat(-5...38)
        )
        return spot(place, 1.2...2.8, 90...150, &generator)
    }
}
