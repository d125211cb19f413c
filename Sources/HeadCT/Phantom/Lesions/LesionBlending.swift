/// Mixes a lesion's attenuation into a picture by the fractions of its voxels.
struct LesionBlending {
    let anatomy: HeadAnatomy
    let acquisition: Acquisition

    /// Mixes one patch; voxels with bone or metal keep theirs.
    func blend(_ patch: LesionPatch, of lesion: Lesion, into picture: inout [Float]) {
        let matrix = acquisition.matrix
        let oedema = anatomy.tissue.oedema
        var index = 0
        for row in patch.rows {
            for column in patch.columns {
                let blood = patch.blood[index]
                let rim = patch.oedema[index]
                index += 1
                guard blood > 0 || rim > 0 else { continue }
                let pixel = row * matrix + column
                if rim > 0 { picture[pixel] += rim * min(0, oedema - picture[pixel]) }
                if blood > 0 {
                    let density = hounsfield(of: lesion, slice: patch.slice, row: row, column)
                    picture[pixel] += blood * (density - picture[pixel])
                }
            }
        }
    }

    /// The mean attenuation, uneven by 2 HU, and denser behind where the blood has settled.
    private func hounsfield(of lesion: Lesion, slice: Int, row: Int, _ column: Int) -> Float {
        let place = acquisition.headPoint(
            slice: slice,
            row: Double(row),
            column: Double(column),
            height: 0
        )
        let origin = anatomy.noiseOrigin
        let value = anatomy.noise.value(
            place.x * 0.3 + origin.y,
            place.y * 0.3 + origin.x,
            place.z * 0.3 + origin.z
        )
        let settled = lesion.settling * (place.y - lesion.middle.y)
        return lesion.hounsfield + 2 * value + min(6, max(-6, settled))
    }
}
