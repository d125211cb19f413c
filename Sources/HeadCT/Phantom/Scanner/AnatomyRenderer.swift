import Foundation

/// Averages a head's attenuation over the voxels of a slice.
///
/// Each voxel is sampled at several points spread over its depth, rows and columns, one whole
/// picture for each; brain and bone point by point, painted structures by spans of a row.
struct AnatomyRenderer {
    let anatomy: HeadAnatomy
    let acquisition: Acquisition
    /// Offsets of the samples in pixels (column, row) and mm (height).
    private let samples: [SIMD3<Double>]
    /// The structures' steps along a row, in units of their balls.
    private let steps: [SIMD3<Float>]
    /// Encloses the head in every picture.
    private let hull: Ellipsoid
    private let hullStep: SIMD3<Float>

    /// Prepares the pictures of one scan.
    init(anatomy: HeadAnatomy, acquisition: Acquisition) {
        self.anatomy = anatomy
        self.acquisition = acquisition
        self.samples = Self.samples(thickness: acquisition.sliceThickness)
        let step = acquisition.columnStep
        self.steps = anatomy.structures.map { $0.shape.unit(step) }
        let geometry = anatomy.geometry
        let margin = geometry.skullThickness * 1.4 + geometry.scalpThickness * 2.4 + 2
        self.hull = Ellipsoid(
            SIMD3(0, -3, 0),
            SIMD3(geometry.semiAxes.x + margin, geometry.semiAxes.y + margin + 4, 4000)
        )
        self.hullStep = hull.unit(step)
    }

    /// The picture of a slice in HU, row-major, before the scanner.
    func picture(ofSlice slice: Int) -> [Float] {
        let size = acquisition.matrix
        var picture = [Float](repeating: 0, count: size * size)
        var row = [Float](repeating: anatomy.tissue.air, count: size)
        for sample in samples {
            let active = activeStructures(slice: slice, height: sample.z)
            for index in 0..<size {
                let start = acquisition.headPoint(
                    slice: slice,
                    row: Double(index) + sample.y,
                    column: sample.x,
                    height: sample.z
                )
                draw(&row, from: start, structures: active)
                for column in 0..<size { picture[index * size + column] += row[column] }
            }
        }
        let share = 1 / Float(samples.count)
        for index in picture.indices { picture[index] *= share }
        return picture
    }

    /// One sample for about every 1.8 mm of thickness, at least four.
    private static func samples(thickness: Double) -> [SIMD3<Double>] {
        let count = max(4, Int((thickness / 1.8).rounded()))
        return (0..<count).map { index in
            let part = (Double(index) + 0.5) / Double(count)
            let column = (Double(index) * 0.754_877_666).truncatingRemainder(dividingBy: 1) - 0.4
            let row = (Double(index) * 0.569_840_291).truncatingRemainder(dividingBy: 1) - 0.4
            return SIMD3(column * 0.9, row * 0.9, (part - 0.5) * thickness)
        }
    }

    /// The structures whose balls the plane of a sample cuts.
    private func activeStructures(slice: Int, height: Double) -> [Int] {
        let normal = acquisition.normalStep
        let origin = acquisition.headPoint(slice: slice, row: 0, column: 0, height: height)
        return anatomy.structures.indices.filter { index in
            let shape = anatomy.structures[index].shape
            let offset = (shape.centre - origin) * normal
            return abs(offset.x + offset.y + offset.z) < shape.reach
        }
    }

    private func draw(
        _ row: inout [Float],
        from start: SIMD3<Float>,
        structures: [Int]
    ) {
        let air = anatomy.tissue.air
        let span = Self.span(hull.unit(start - hull.centre), hullStep, count: row.count)
        for column in 0..<span.lowerBound { row[column] = air }
        for column in span.upperBound..<row.count { row[column] = air }
        guard !span.isEmpty else { return }
        let step = acquisition.columnStep
        for column in span {
            row[column] = anatomy.background(at: start + step * Float(column))
        }
        for index in structures {
            let structure = anatomy.structures[index]
            let place = structure.shape.unit(start - structure.shape.centre)
            for column in Self.span(place, steps[index], count: row.count) {
                row[column] = structure.hounsfield
            }
        }
    }

    /// The columns at which a line through the unit ball is inside.
    @inline(__always)
    private static func span(
        _ origin: SIMD3<Float>,
        _ step: SIMD3<Float>,
        count: Int
    ) -> Range<Int> {
        let a = step.x * step.x + step.y * step.y + step.z * step.z
        let b = origin.x * step.x + origin.y * step.y + origin.z * step.z
        let c = origin.x * origin.x + origin.y * origin.y + origin.z * origin.z - 1
        let discriminant = b * b - a * c
        guard discriminant > 0 else { return 0..<0 }
        let root = discriminant.squareRoot()
        let limit = Float(count)
        let first = min(limit, max(0, ((-b - root) / a).rounded(.up)))
        let last = min(limit, max(0, ((-b + root) / a).rounded(.down) + 1))
        return first < last ? Int(first)..<Int(last) : 0..<0
    }
}
