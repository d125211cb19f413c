import Foundation

/// Turns a lesion into fractions of the voxels of a scan.
///
/// Each voxel is divided into so many parts that some ten thousand of them lie in the lesion, and
/// at least as many as make parts smaller than the lesion's details.
struct LesionRaster {
    let acquisition: Acquisition

    /// How many parts of voxels lie in a lesion, about; thin sheets need more than balls do.
    static func partsInside(_ type: HaemorrhageType) -> Double {
        type == .subarachnoid ? 48_000 : 20_000
    }

    /// The patches of a lesion, by ascending slice; slices it does not touch have none.
    func patches(of lesion: Lesion) -> [LesionPatch] {
        let edge = cbrt(max(1e-3, lesion.volumeML) * 1000 / Self.partsInside(lesion.type))
        let across = max(1, Int((acquisition.pixelSpacing / edge).rounded(.up)))
        let along = max(1, Int((acquisition.sliceThickness / edge).rounded(.up)))
        let box = pictureBox(of: lesion)
        return box.slices.compactMap { slice in
            var patch = LesionPatch(slice: slice, rows: box.rows, columns: box.columns)
            let hits = fill(&patch, with: lesion, across: across, along: along)
            return hits ? patch : nil
        }
    }

    /// The volume in mL that the fractions of patches add up to.
    func volumeML(of patches: [LesionPatch]) -> Double {
        let sum = patches.reduce(0.0) { $0 + $1.blood.reduce(0.0) { $0 + Double($1) } }
        let area = acquisition.pixelSpacing * acquisition.pixelSpacing
        return sum * area * acquisition.sliceThickness / 1000
    }

    /// The slices, rows and columns that the lesion's box reaches.
    private func pictureBox(
        of lesion: Lesion
    ) -> (slices: Range<Int>, rows: Range<Int>, columns: Range<Int>) {
        let (low, high) = lesion.box
        var places: [(slice: Double, row: Double, column: Double)] = []
        for x in [low.x, high.x] {
            for y in [low.y, high.y] {
                for z in [low.z, high.z] { places.append(acquisition.place(of: [x, y, z])) }
            }
        }
        return (
            Self.range(places.map(\.slice), below: acquisition.sliceCount),
            Self.range(places.map(\.row), below: acquisition.matrix),
            Self.range(places.map(\.column), below: acquisition.matrix)
        )
    }

    private static func range(_ values: [Double], below limit: Int) -> Range<Int> {
        let low = Int(((values.min() ?? 0) - 0.5).rounded(.down))
        let high = Int(((values.max() ?? 0) + 0.5).rounded(.up)) + 1
        let start = min(limit, max(0, low))
        return start..<max(start, min(limit, high))
    }

    /// Counts the parts of each voxel; says whether any is blood.
    private func fill(
        _ patch: inout LesionPatch,
        with lesion: Lesion,
        across: Int,
        along: Int
    ) -> Bool {
        let columnPart = acquisition.columnStep / Float(across)
        let share = 1 / Float(across * across * along)
        let thickness = acquisition.sliceThickness
        let limit = max(lesion.threshold, lesion.oedemaThreshold)
        var hits = false
        for height in 0..<along {
            for row in patch.rows {
                for part in 0..<across {
                    let shear = SIMD3<Double>(
                        Sheared.offsets(row * across + part, patch.slice * along + height)
                    )
                    let left = Double(patch.columns.lowerBound) - 0.5 + shear.x / Double(across)
                    let down = Double(row) - 0.5 + (Double(part) + shear.y) / Double(across)
                    let above = ((Double(height) + shear.z) / Double(along) - 0.5) * thickness
                    let start = acquisition.headPoint(
                        slice: patch.slice,
                        row: down,
                        column: left,
                        height: above
                    )
                    let base = (row - patch.rows.lowerBound) * patch.columns.count
                    for place in 0..<patch.columns.count * across {
                        let level = lesion.shape.level(
                            at: start + columnPart * Float(place),
                            limit: limit
                        )
                        guard level <= limit else { continue }
                        let pixel = base + place / across
                        if level <= lesion.threshold {
                            patch.blood[pixel] += share
                            hits = true
                        } else {
                            patch.oedema[pixel] += share
                        }
                    }
                }
            }
        }
        return hits
    }
}
