import Tensors

/// Puts the head of a planned exam together.
struct HeadBuilder {
    let exam: SimulatedExam
    let scanner: SimulatedScanner
    let noise: NoiseVolume

    /// A head, its metal, and where the midline shift comes from.
    struct Result {
        let anatomy: HeadAnatomy
        let metal: [Ellipsoid]
        /// The side that pushes: -1 right, 1 left, 0 for no shift.
        let lesionSide: Float
    }

    /// Draws the head.
    func build(using generator: inout SeededGenerator) -> Result {
        let physique = Physique(
            ageYears: exam.ageYears,
            isMale: exam.isMale,
            using: &generator
        )
        let geometry = HeadGeometry(
            scale: physique.scale,
            breadth: physique.breadth,
            skullThickness: physique.skullThickness,
            eggFactor: physique.eggFactor
        )
        let tissue = tissue()
        let side = generator.drawSign()
        let shift = midlineShift(side: side, scale: physique.scale)
        let parts = BrainParts(
            geometry: geometry,
            shift: shift,
            ventricleScale: ventricleScale(physique)
        )
        let surgery =
            exam.isPostoperative ? Surgery(in: parts, tissue: tissue, using: &generator) : nil
        let implant = exam.implant?.structures(in: parts, tissue: tissue, using: &generator)
        let structures =
            structures(parts, tissue, using: &generator) + (surgery?.painted ?? [])
            + (implant?.painted ?? [])
        let origin = SIMD3(
            generator.drawFloat(0...64),
            generator.drawFloat(0...64),
            generator.drawFloat(0...64)
        )
        let anatomy = HeadAnatomy(
            geometry: geometry,
            tissue: tissue,
            folds: physique.folds,
            shift: shift,
            craniotomy: surgery?.craniotomy,
            sutures: physique.sutures,
            hasDiploe: exam.ageYears > 3,
            structures: structures,
            ventricles: parts.ventricles,
            cisterns: parts.cisterns,
            noise: noise,
            noiseOrigin: origin
        )
        return Result(
            anatomy: anatomy,
            metal: (surgery?.metal ?? []) + (implant?.metal ?? []),
            lesionSide: shift == nil ? 0 : side
        )
    }

    private func tissue() -> TissueHounsfield {
        var tissue = TissueHounsfield()
        tissue.greyMatter = tissue.whiteMatter + Float(scanner.greyWhiteContrastHU)
        tissue.deepNuclei = tissue.greyMatter + 1
        if exam.ageYears < 2 {
            tissue.whiteMatter -= 5
            tissue.compactBone = 800
        } else if exam.ageYears < 10 {
            tissue.compactBone = 1000
            tissue.diploe = 620
        }
        return tissue
    }

    /// Away from the side of the lesion; blood in folds and ventricles shifts nothing.
    private func midlineShift(side: Float, scale: Float) -> MidlineShift? {
        let volume = exam.lesions.reduce(0.0) { sum, lesion in
            let pushes = lesion.type != .subarachnoid && lesion.type != .intraventricular
            return sum + (pushes ? lesion.volumeML : 0)
        }
        let amount = MidlineShift.amount(volumeML: volume, scale: scale)
        return amount > 0 ? MidlineShift(amount: -side * amount, centre: [-4, 14] * scale) : nil
    }

    /// Ventricles that must hold much blood are wide (hydrocephalus).
    private func ventricleScale(_ physique: Physique) -> Float {
        let blood = exam.lesions.reduce(0.0) { sum, lesion in
            sum + (lesion.type == .intraventricular ? lesion.volumeML : 0)
        }
        let capacity = 21 * physique.scale * physique.scale * physique.scale
        let needed = (Float(blood) * 1.45 / capacity).squareRoot()
        return max(physique.ventricleScale, needed)
    }

    private func structures(
        _ parts: BrainParts,
        _ tissue: TissueHounsfield,
        using generator: inout SeededGenerator
    ) -> [Structure] {
        let fluid = (parts.ventricles + parts.cisterns).map {
            Structure(shape: $0, hounsfield: tissue.cerebrospinalFluid)
        }
        let calcifications = Calcifications(
            parts: parts,
            ageYears: exam.ageYears,
            factor: calcificationFactor
        )
        let base = SkullBaseParts(
            parts: BrainParts(
                geometry: parts.geometry,
                shift: nil,
                ventricleScale: parts.ventricleScale
            ),
            tissue: tissue,
            isPneumatized: exam.ageYears > 3
        )
        return parts.greyMatter(tissue) + parts.brainstem(tissue) + fluid
            + parts.sinuses(tissue) + base.structures
            + calcifications.structures(using: &generator)
    }

    /// The factor of the rates of calcifications.
    var calcificationFactor = 1.0
}
