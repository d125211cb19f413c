import Foundation

/// The search for the threshold at which a shape has a wanted volume.
///
/// Two passes: a coarse grid gives the threshold roughly and a tight box, a fine grid of tens of
/// thousands of points inside gives it to well under 1 %.
struct LesionFitting {
    let shape: any LesionShape
    /// How many points of the fine grid lie in the region, about.
    let pointsInside: Double

    /// A threshold, the volume it gives, and the box of the region.
    struct Fit {
        let threshold: Float
        let volumeML: Double
        let box: (SIMD3<Float>, SIMD3<Float>)
    }

    /// Fits a volume; a family that cannot hold it is filled whole.
    ///
    /// Nil if it holds nothing.
    func fit(volumeML: Double) -> Fit? {
        guard let coarse = coarseFit(volumeML: volumeML) else { return nil }
        let volume = min(volumeML, coarse.volumeML) * 1000
        let step = Float(cbrt(volume / pointsInside))
        let levels = fineLevels(in: coarse.box, step: step, below: coarse.threshold).sorted()
        guard !levels.isEmpty else { return nil }
        let cell = Double(step * step * step)
        let wanted = min(levels.count, max(1, Int((volumeML * 1000 / cell).rounded())))
        return Fit(
            threshold: levels[wanted - 1],
            volumeML: Double(wanted) * cell / 1000,
            box: coarse.box
        )
    }

    /// The first pass; its threshold is a generous upper bound.
    private func coarseFit(volumeML: Double) -> Fit? {
        let (low, high) = shape.bounds
        let size = high - low
        let step = cbrtf(size.x * size.y * size.z / 40_000)
        var found: [(level: Float, point: SIMD3<Float>)] = []
        Self.forEachPoint(from: low, to: high, step: step) { point in
            let level = shape.level(at: point, limit: .greatestFiniteMagnitude)
            if level < .infinity { found.append((level, point)) }
        }
        guard !found.isEmpty else { return nil }
        let levels = found.map(\.level).sorted()
        let cell = Double(step * step * step)
        let wanted = Int(volumeML * 1000 / cell * 1.12) + 6
        let threshold = wanted < levels.count ? levels[wanted] : Float.greatestFiniteMagnitude
        var box = (high, low)
        for entry in found where entry.level <= threshold {
            box.0 = pointwiseMin(box.0, entry.point - step)
            box.1 = pointwiseMax(box.1, entry.point + step)
        }
        return Fit(
            threshold: threshold,
            volumeML: Double(levels.count) * cell / 1000,
            box: (pointwiseMax(box.0, low), pointwiseMin(box.1, high))
        )
    }

    private func fineLevels(
        in box: (SIMD3<Float>, SIMD3<Float>),
        step: Float,
        below threshold: Float
    ) -> [Float] {
        var levels: [Float] = []
        levels.reserveCapacity(Int(pointsInside * 1.5))
        Self.forEachPoint(from: box.0, to: box.1, step: step) { point in
            let level = shape.level(at: point, limit: threshold)
            if level <= threshold { levels.append(level) }
        }
        return levels
    }

    @inline(__always)
    private static func forEachPoint(
        from low: SIMD3<Float>,
        to high: SIMD3<Float>,
        step: Float,
        _ body: (SIMD3<Float>) -> Void
    ) {
        let counts = SIMD3<Int>(((high - low) / step).rounded(.up))
        for k in 0..<max(1, counts.z) {
            for j in 0..<max(1, counts.y) {
                let start = SIMD3<Float>(0, Float(j), Float(k)) + Sheared.offsets(j, k)
                for i in 0..<max(1, counts.x) {
                    body(low + (start + SIMD3(Float(i), 0, 0)) * step)
                }
            }
        }
    }
}
