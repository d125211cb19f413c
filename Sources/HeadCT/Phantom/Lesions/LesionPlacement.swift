import Foundation
import Tensors

/// Gives planned haemorrhages a place and a shape in a head.
struct LesionPlacement {
    let anatomy: HeadAnatomy
    let acquisition: Acquisition
    /// The side of the midline shift, or 0: large lesions lie on the side that pushes.
    let side: Float

    /// Places one haemorrhage; tries other places if one holds too little.
    func place(_ plan: PlannedLesion, using generator: inout SeededGenerator) -> Lesion? {
        var best: (fit: LesionFitting.Fit, shape: any LesionShape)?
        for attempt in 0..<6 {
            let shape = CoveredShape(
                shape(for: plan, attempt: attempt, using: &generator),
                acquisition: acquisition
            )
            let fitting = LesionFitting(
                shape: shape,
                pointsInside: LesionRaster.partsInside(plan.type)
            )
            guard let fit = fitting.fit(volumeML: plan.volumeML) else { continue }
            if fit.volumeML > (best?.fit.volumeML ?? 0) { best = (fit, shape) }
            if fit.volumeML > plan.volumeML * 0.995 { break }
        }
        guard let best else { return nil }
        return lesion(plan, best.fit, best.shape, using: &generator)
    }

    private func lesion(
        _ plan: PlannedLesion,
        _ fit: LesionFitting.Fit,
        _ shape: any LesionShape,
        using generator: inout SeededGenerator
    ) -> Lesion {
        let hasOedema = plan.type == .intraparenchymal && generator.happens(0.5)
        let rim = hasOedema ? generator.drawFloat(1.12...1.45) : 0
        let settles = plan.type == .subdural || plan.type == .intraparenchymal
        return Lesion(
            type: plan.type,
            shape: shape,
            threshold: fit.threshold,
            volumeML: fit.volumeML,
            hounsfield: Float(plan.hounsfield),
            settling: settles && generator.happens(0.3) ? 0.08 : 0,
            middle: (fit.box.0 + fit.box.1) / 2,
            box: fit.box,
            oedemaThreshold: fit.threshold * rim,
            isExpected: plan.isExpected
        )
    }

    private func shape(
        for plan: PlannedLesion,
        attempt: Int,
        using generator: inout SeededGenerator
    ) -> any LesionShape {
        switch plan.type {
        case .epidural: extraAxial(.lens, plan, using: &generator)
        case .subdural: extraAxial(.crescent, plan, using: &generator)
        case .subarachnoid: subarachnoid(plan, attempt: attempt, using: &generator)
        case .intraventricular:
            IntraventricularShape(
                anatomy: anatomy,
                side: plan.volumeML < 1.5 ? generator.drawSign() : 0
            )
        case .any, .intraparenchymal: intraparenchymal(plan, using: &generator)
        }
    }

    private func drawSide(_ generator: inout SeededGenerator) -> Float {
        let drawn = generator.drawSign()
        return side == 0 ? drawn : side
    }

    /// Basal ganglia and thalamus 50 %, lobes 35 %, cerebellum and pons 15 %.
    private func intraparenchymal(
        _ plan: PlannedLesion,
        using generator: inout SeededGenerator
    ) -> IntraparenchymalShape {
        let radius = cbrtf(Float(plan.volumeML) * 1000 * 0.2387)
        let kind = generator.nextUniform()
        let side = drawSide(&generator)
        var place: SIMD3<Float>
        if kind < 0.5 || radius > 24 {
            place = [
                side * generator.drawFloat(16...30), generator.drawFloat(-14...14),
                generator.drawFloat(2...20),
            ]
        } else if kind < 0.85 || plan.volumeML > 12 || acquisition.lowestHeight > -34 {
            place = lobarPlace(side: side, radius: radius, using: &generator)
        } else {
            place = [side * generator.drawFloat(2...26), generator.drawFloat(28...48), -27]
        }
        place *= anatomy.geometry.scale
        let wide = generator.drawFloat(0.8...1.15)
        let long = generator.drawFloat(0.95...1.4)
        return IntraparenchymalShape(
            anatomy: anatomy,
            centre: place,
            proportions: [wide, long, 1 / (wide * long)],
            radius: radius
        )
    }

    private func lobarPlace(
        side: Float,
        radius: Float,
        using generator: inout SeededGenerator
    ) -> SIMD3<Float> {
        let room = min(12, radius * 0.7)
        let angle = generator.drawFloat(-2.6...2.6) / 2
        let height = generator.drawFloat(-4...38)
        let shrink = (1 - (height / 66) * (height / 66)).squareRoot()
        let x = (44 - room) * cosf(angle) * shrink
        let y = (60 - room) * sinf(angle) * shrink
        return [side * max(12, x), y, height]
    }

    /// Around a place in the folds; large ones often around the cisterns of the base.
    private func subarachnoid(
        _ plan: PlannedLesion,
        attempt: Int,
        using generator: inout SeededGenerator
    ) -> SubarachnoidShape {
        let widening = 0.5 + 0.35 * cbrtf(Float(plan.volumeML))
        let fluid = 0.04 + 0.09 * (anatomy.folds.sulcusHalfWidth + widening)
        let room = Float(plan.volumeML) * 1000 * 0.2387 / fluid
        let reach = (2 + 0.35 * Float(attempt)) * cbrtf(room) + 2
        var centre = SIMD3<Float>(0, -14, -22) * anatomy.geometry.scale
        if plan.volumeML < 8 || generator.happens(0.4) {
            for _ in 0..<200 {
                let direction = SIMD3<Float>(
                    drawSide(&generator) * generator.drawFloat(0.35...1),
                    generator.drawFloat(-0.8...0.8),
                    generator.drawFloat(-0.1...0.75)
                )
                let depth = generator.drawFloat(1...7) / 66
                let place = anatomy.geometry.surfacePoint(direction.normalized) * (1 - depth)
                centre = place
                if anatomy.subarachnoidFraction(at: place) > 0.9 { break }
            }
        }
        return SubarachnoidShape(
            anatomy: anatomy,
            centre: centre,
            reach: reach,
            widening: widening
        )
    }

    private func extraAxial(
        _ profile: ExtraAxialShape.Profile,
        _ plan: PlannedLesion,
        using generator: inout SeededGenerator
    ) -> ExtraAxialShape {
        var direction: SIMD3<Float> =
            profile == .lens
            ? [1, generator.drawFloat(-0.45...0.35), generator.drawFloat(-0.02...0.5)]
            : [1, generator.drawFloat(-0.4...0.4), generator.drawFloat(0.1...0.7)]
        if plan.isExpected, let opening = anatomy.craniotomy {
            direction = opening.direction
        } else {
            direction.x = drawSide(&generator)
        }
        let radius = 70 * anatomy.geometry.scale
        let measures = ExtraAxialShape.measures(profile, volumeML: plan.volumeML, radius: radius)
        return ExtraAxialShape(
            anatomy: anatomy,
            profile: profile,
            direction: direction.normalized,
            extent: measures.extent,
            thickness: measures.thickness
        )
    }
}

extension SIMD3<Float> {
    /// The vector of length 1 in this direction.
    var normalized: SIMD3<Float> { self / (x * x + y * y + z * z).squareRoot() }
}
