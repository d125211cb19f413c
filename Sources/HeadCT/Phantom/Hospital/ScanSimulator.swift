import Tensors

/// Builds the head of an exam and scans it.
struct ScanSimulator: Sendable {
    let hospital: SimulatedHospital
    let seed: UInt64
    private let noise: NoiseVolume
    private let detector: DetectorModel
    private let holder: HeadHolder

    /// Prepares what all exams of a hospital share.
    init(hospital: SimulatedHospital, seed: UInt64) {
        self.hospital = hospital
        self.seed = seed
        self.noise = NoiseVolume(seed: seed)
        self.detector = DetectorModel(scanner: hospital.scanner, seed: seed)
        self.holder = HeadHolder(
            matrix: hospital.scanner.matrix,
            pixelSpacing: hospital.scanner.pixelSpacingMM,
            air: TissueHounsfield().air
        )
    }

    /// Scans one exam; the result depends on the seed and the exam only.
    func scan(_ exam: SimulatedExam) -> PhantomScan {
        var generator = SeededGenerator(seed: seed, stream: "exam", String(exam.index))
        let builder = HeadBuilder(
            exam: exam,
            scanner: hospital.scanner,
            noise: noise,
            calcificationFactor: hospital.calcificationFactor
        )
        let head = builder.build(using: &generator)
        let acquisition = Acquisition(
            of: head.anatomy.geometry,
            scanner: hospital.scanner,
            using: &generator
        )
        let placed = lesions(of: exam, in: head, acquisition, using: &generator)
        let masks = MaskDrawing(sliceCount: acquisition.sliceCount, matrix: acquisition.matrix)
            .masks(of: placed.map { ($0.lesion, $0.patches) })
        let raster = LesionRaster(acquisition: acquisition)
        let slices = pictures(
            head: head,
            acquisition: acquisition,
            lesions: placed,
            using: &generator
        )
        return PhantomScan(
            exam: exam,
            acquisition: acquisition,
            slices: slices,
            masks: masks,
            lesions: placed.map { entry in
                PhantomScan.Truth(
                    type: entry.lesion.type,
                    plannedML: entry.plan.volumeML,
                    analyticML: entry.lesion.volumeML,
                    voxelML: raster.volumeML(of: entry.patches),
                    hounsfield: entry.plan.hounsfield,
                    isExpected: entry.lesion.isExpected
                )
            },
            midlineShiftMM: Double(head.anatomy.shift.map { abs($0.amount) } ?? 0)
        )
    }

    /// The localizer of an exam's head, in the scan's matrix and field of view.
    func localizer(of exam: SimulatedExam) -> [Int16] {
        var generator = SeededGenerator(seed: seed, stream: "exam", String(exam.index))
        let builder = HeadBuilder(
            exam: exam,
            scanner: hospital.scanner,
            noise: noise,
            calcificationFactor: hospital.calcificationFactor
        )
        let head = builder.build(using: &generator)
        return LocalizerPicture(
            anatomy: head.anatomy,
            matrix: hospital.scanner.matrix,
            spacing: hospital.scanner.pixelSpacingMM
        ).picture()
    }

    private typealias Placed = (plan: PlannedLesion, lesion: Lesion, patches: [LesionPatch])

    private func lesions(
        of exam: SimulatedExam,
        in head: HeadBuilder.Result,
        _ acquisition: Acquisition,
        using generator: inout SeededGenerator
    ) -> [Placed] {
        let placement = LesionPlacement(
            anatomy: head.anatomy,
            acquisition: acquisition,
            side: head.lesionSide
        )
        let raster = LesionRaster(acquisition: acquisition)
        return exam.lesions.compactMap { plan in
            guard let lesion = placement.place(plan, using: &generator) else { return nil }
            return (plan, lesion, raster.patches(of: lesion))
        }
    }

    private func pictures(
        head: HeadBuilder.Result,
        acquisition: Acquisition,
        lesions: [Placed],
        using generator: inout SeededGenerator
    ) -> [[Int16]] {
        let renderer = AnatomyRenderer(anatomy: head.anatomy, acquisition: acquisition)
        let blending = LesionBlending(anatomy: head.anatomy, acquisition: acquisition)
        var slices: [[Int16]] = []
        slices.reserveCapacity(acquisition.sliceCount)
        for slice in 0..<acquisition.sliceCount {
            var picture = renderer.picture(ofSlice: slice)
            for entry in lesions {
                for patch in entry.patches where patch.slice == slice {
                    blending.blend(patch, of: entry.lesion, into: &picture)
                }
            }
            for index in picture.indices where picture[index] < -930 {
                picture[index] = max(picture[index], holder.picture[index])
            }
            let fans = streaks(in: slice, of: head.metal, acquisition, using: &generator)
            slices.append(detector.measured(picture, streaks: fans, using: &generator))
        }
        return slices
    }

    private func streaks(
        in slice: Int,
        of metal: [Ellipsoid],
        _ acquisition: Acquisition,
        using generator: inout SeededGenerator
    ) -> [StreakFan] {
        metal.compactMap { blob in
            let place = acquisition.place(of: blob.centre)
            let reach = Double(blob.reach) / acquisition.sliceThickness + 0.5
            guard abs(place.slice - Double(slice)) < reach else { return nil }
            return StreakFan(
                centre: [Float(place.column), Float(place.row)],
                radius: blob.reach,
                pixelSpacing: Float(acquisition.pixelSpacing),
                using: &generator
            )
        }
    }
}
