/// Draws the masks that a careful reader would: voxels at least half filled with blood.
///
/// A lesion so small or thin that no voxel is half filled is drawn where it fills a voxel most: at
/// least half of its greatest fraction.
struct MaskDrawing {
    let sliceCount: Int
    let matrix: Int

    /// The class codes of every slice; nil where nothing is drawn.
    func masks(of lesions: [(lesion: Lesion, patches: [LesionPatch])]) -> [[UInt8]?] {
        var masks = [[UInt8]?](repeating: nil, count: sliceCount)
        var greatest = [[Float]?](repeating: nil, count: sliceCount)
        for (lesion, patches) in lesions where !lesion.isExpected {
            let peak = patches.reduce(0) { max($0, $1.blood.max() ?? 0) }
            let threshold = min(0.5, peak * 0.5)
            for patch in patches where patch.blood.contains(where: { $0 >= threshold }) {
                var mask = masks[patch.slice] ?? Array(repeating: 0, count: matrix * matrix)
                var fractions = greatest[patch.slice] ?? Array(repeating: 0, count: mask.count)
                draw(patch, code: UInt8(lesion.type.rawValue), threshold, &mask, &fractions)
                masks[patch.slice] = mask
                greatest[patch.slice] = fractions
            }
        }
        return masks
    }

    private func draw(
        _ patch: LesionPatch,
        code: UInt8,
        _ threshold: Float,
        _ mask: inout [UInt8],
        _ fractions: inout [Float]
    ) {
        var index = 0
        for row in patch.rows {
            for column in patch.columns {
                let fraction = patch.blood[index]
                index += 1
                let pixel = row * matrix + column
                guard fraction > 0, fraction >= threshold, fraction > fractions[pixel] else {
                    continue
                }
                mask[pixel] = code
                fractions[pixel] = fraction
            }
        }
    }
}
