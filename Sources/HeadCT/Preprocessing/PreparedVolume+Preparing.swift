extension PreparedVolume {
    /// Brings a volume and its masks onto the grid of a contract.
    ///
    /// - Parameters:
    ///   - volume: The series.
    ///   - masks: Masks by SOP Instance UID; a slice without one is unknown, an empty mask says "no
    ///     haemorrhage". A prepared slice is known if all slices it is made of are.
    ///   - contract: The grid.
    /// - Throws: `mask-size-mismatch` if a mask does not have the size of its slice.
    package init(
        volume: CTVolume,
        masks: [String: MaskImage] = [:],
        contract: PreprocessingContract
    ) throws(HeadCTError) {
        for slice in volume.slices {
            guard let mask = masks[slice.sopInstanceUID] else { continue }
            guard mask.rows == volume.rows, mask.columns == volume.columns else {
                throw HeadCTError(
                    .maskSizeMismatch,
                    "a mask of \(mask.rows) x \(mask.columns) for "
                        + "a slice of \(volume.rows) x \(volume.columns)"
                )
            }
        }
        var preparation = Preparation(volume: volume, masks: masks, contract: contract)
        preparation.run()
        self.init(
            contract: contract,
            slices: preparation.slices,
            validSlices: preparation.validSlices,
            lesionPixelsOutsideGrid: preparation.lesionPixelsOutsideGrid,
            centreMM: preparation.centre,
            fixedPoint: preparation.fixedPoint,
            masks: preparation.preparedMasks
        )
    }
}

/// The work of preparing one volume.
private struct Preparation {
    let volume: CTVolume
    let masks: [String: MaskImage]
    let contract: PreprocessingContract
    let centre: SIMD2<Double>
    let slices: [PreparedSlice]

    var fixedPoint: [Int16] = []
    var preparedMasks: [[UInt8]?] = []
    var validSlices: [Int] = []
    var lesionPixelsOutsideGrid = 0

    private var planes: [SIMD2<Double>: PlaneResampling] = [:]

    init(volume: CTVolume, masks: [String: MaskImage], contract: PreprocessingContract) {
        self.volume = volume
        self.masks = masks
        self.contract = contract
        centre = HeadCentre.find(in: volume)
        slices = SliceGrouping(volume: volume, spacing: contract.sliceSpacingMM).slices()
    }

    /// A slice with less head than this (mm²) is above the vertex or below the chin.
    private static let smallestHeadMM2 = 500.0

    mutating func run() {
        fixedPoint.reserveCapacity(slices.count * contract.gridSize * contract.gridSize)
        for (z, slice) in slices.enumerated() {
            let grid = prepareImage(slice)
            let mask = prepareMask(slice)
            preparedMasks.append(mask)
            let head = grid.count { $0 > Float(HeadCentre.thresholdHU) }
            let area = Double(head) * contract.pixelSpacingMM * contract.pixelSpacingMM
            if area >= Self.smallestHeadMM2 || mask?.contains(where: { $0 != 0 }) == true {
                validSlices.append(z)
            }
        }
        countLesionPixelsOutside()
    }

    private mutating func prepareImage(_ slice: PreparedSlice) -> [Float] {
        var grid = [Float](repeating: 0, count: contract.gridSize * contract.gridSize)
        for source in slice.sources {
            plane(of: source.index).accumulate(
                volume.slices[source.index].hounsfield,
                background: Float(HounsfieldScale.air),
                weight: source.weight,
                into: &grid
            )
        }
        fixedPoint += grid.map { value in
            let scaled = (value * PreparedVolume.unitsPerHU).rounded()
            return Int16(max(Float(Int16.min), min(Float(Int16.max), scaled)))
        }
        return grid
    }

    private mutating func prepareMask(_ slice: PreparedSlice) -> [UInt8]? {
        var fractions = MaskFractions(size: contract.gridSize)
        for source in slice.sources {
            guard let mask = masks[source.sopInstanceUID] else { return nil }
            fractions.add(mask, weight: source.weight, through: plane(of: source.index))
        }
        return fractions.classes()
    }

    /// The grid's first pixel along row and column direction in mm.
    private var gridOrigin: SIMD2<Double> {
        centre - Double(contract.gridSize - 1) / 2 * contract.pixelSpacingMM
    }

    /// The resampling for a slice; slices of a stack without shear share one.
    private mutating func plane(of index: Int) -> PlaneResampling {
        let origin = volume.slices[index].plane.inPlaneOrigin
        if let plane = planes[origin] { return plane }
        let plane = PlaneResampling(
            across: weights(
                gridOrigin.x,
                origin.x,
                volume.pixelSpacing.betweenColumns,
                volume.columns
            ),
            down: weights(gridOrigin.y, origin.y, volume.pixelSpacing.betweenRows, volume.rows),
            columns: volume.columns
        )
        planes[origin] = plane
        return plane
    }

    private func weights(
        _ output: Double,
        _ input: Double,
        _ inputSpacing: Double,
        _ inputCount: Int
    ) -> AxisWeights {
        AxisWeights(
            outputs: AxisWeights.Samples(
                origin: output,
                spacing: contract.pixelSpacingMM,
                count: contract.gridSize
            ),
            inputs: AxisWeights.Samples(origin: input, spacing: inputSpacing, count: inputCount)
        )
    }

    private mutating func countLesionPixelsOutside() {
        let half = Double(contract.gridSize) / 2 * contract.pixelSpacingMM
        for slice in volume.slices {
            guard let mask = masks[slice.sopInstanceUID], !mask.isEmpty else { continue }
            let first = slice.plane.inPlaneOrigin - centre
            for (pixel, code) in mask.classes.enumerated() where code != 0 {
                let x = first.x + Double(pixel % mask.columns) * volume.pixelSpacing.betweenColumns
                let y = first.y + Double(pixel / mask.columns) * volume.pixelSpacing.betweenRows
                if abs(x) > half || abs(y) > half { lesionPixelsOutsideGrid += 1 }
            }
        }
    }
}
