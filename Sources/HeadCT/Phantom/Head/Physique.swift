import Foundation
import Tensors

/// The measures of one patient's head that follow from age and sex, with their natural spread.
struct Physique: Sendable {
    let ageYears: Double
    /// The linear scale against the adult head (Abbott 2000, Kamdar 2009: intracranial volumes).
    let scale: Float
    let breadth: Float
    let eggFactor: Float
    /// The thickness of the parietal skull in mm.
    let skullThickness: Float
    let folds: CorticalFolds
    /// The factor of the ventricles' width and height.
    let ventricleScale: Float
    let sutures: OpenSutures?

    /// Draws the measures of a patient.
    init(ageYears: Double, isMale: Bool, using generator: inout SeededGenerator) {
        self.ageYears = ageYears
        let spread = Float(generator.nextGaussian()) * 0.018
        let sex: Float = isMale ? 1.02 : 0.985
        self.scale = Self.interpolate(ageYears, Self.scaleByAge) * sex * (1 + spread)
        self.breadth = generator.drawFloat(0.96...1.05)
        self.eggFactor = generator.drawFloat(0.04...0.1)
        let bone = Self.interpolate(ageYears, Self.skullByAge)
        self.skullThickness = bone * generator.drawFloat(0.88...1.15)
        let atrophy = Float(min(1, max(0, (ageYears - 40) / 48)))
        let own = generator.drawFloat(0.75...1.3)
        self.folds = Self.folds(ageYears: ageYears, atrophy: atrophy * own, scale: scale)
        self.ventricleScale = (1 + 0.42 * atrophy * own) * generator.drawFloat(0.9...1.1)
        self.sutures = Self.sutures(ageYears: ageYears)
    }

    private static let scaleByAge: [(Double, Float)] = [
        (0, 0.67), (0.25, 0.75), (0.75, 0.85), (1, 0.9), (2, 0.925), (6, 0.965), (14, 1), (120, 1),
    ]

    private static let skullByAge: [(Double, Float)] = [
        (0, 1.7), (1, 2.3), (3, 3), (6, 3.7), (12, 4.8), (18, 5.7), (120, 6),
    ]

    private static func interpolate(_ age: Double, _ table: [(Double, Float)]) -> Float {
        for (left, right) in zip(table, table.dropFirst()) where age <= right.0 {
            let part = Float((age - left.0) / (right.0 - left.0))
            return left.1 + (right.1 - left.1) * max(0, part)
        }
        return table[table.count - 1].1
    }

    private static func folds(ageYears: Double, atrophy: Float, scale: Float) -> CorticalFolds {
        let isInfant = ageYears < 1.5
        return CorticalFolds(
            sulcusHalfWidth: 0.4 + 0.95 * atrophy,
            sulcusDepth: (13 + 3 * atrophy) * scale,
            surfaceLayer: (isInfant ? 2 : 0.4) + 1.5 * atrophy,
            fissureHalfWidth: (isInfant ? 1.6 : 0.8) + 1.1 * atrophy
        )
    }

    private static func sutures(ageYears: Double) -> OpenSutures? {
        guard ageYears < 4 else { return nil }
        let gap: Float = ageYears < 0.5 ? 4 : ageYears < 1.5 ? 2.5 : 1.2
        return OpenSutures(gap: gap, fontanelleRadius: ageYears < 1.4 ? 11 : 0)
    }
}
