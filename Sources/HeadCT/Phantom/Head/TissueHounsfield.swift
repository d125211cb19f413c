/// The mean attenuation of each tissue in HU at 120 kV (evaluation.md section 6).
struct TissueHounsfield: Sendable, Hashable {
    var air: Float = -1000
    var fat: Float = -80
    var scalp: Float = 60
    var muscle: Float = 55
    var cerebrospinalFluid: Float = 5
    var whiteMatter: Float = 28
    var greyMatter: Float = 37
    var deepNuclei: Float = 38
    var cerebellum: Float = 34
    var brainstem: Float = 31
    var dura: Float = 48
    var venousSinus: Float = 54
    var oedema: Float = 17
    var diploe: Float = 480
    var compactBone: Float = 1250
    var petrousBone: Float = 1500
    var catheter: Float = 220
    var acrylic: Float = 150
    var sutureGap: Float = 40
    /// Well above what 12 bits hold, so that an implant still saturates after blurring.
    var metal: Float = 9000
}
