package import Crypto

/// The decision which voxels of a study are replaced by air; applied slice by slice.
package struct FaceRemoval: Sendable {
    /// What was found and what will be removed.
    package let report: FaceRemovalReport
    private let grid: HeadGrid
    private let cut: [Bool]
    private let outside: [Bool]
    private let edge: CutEdge
    private let landmarks: FaceLandmarks?
    /// What must stay whatever the cut says.
    private let interior: SkullInterior?

    /// The landmarks in mm for a person who looks after a failure.
    package var landmarkText: String {
        guard let landmarks else { return "no landmarks" }
        let top = grid.origin.z + Double(grid.counts.z) * grid.spacing
        let orbits = landmarks.orbits.map {
            "rims \(Int(top - $0.rimHeight)) below the top, \(Int($0.rimDepth)) behind the middle"
        }
        return "size \(landmarks.size), \(orbits ?? "no orbits")"
    }

    /// The edge of a cell of the grid on which faces are found, in mm: finer for thin slices.
    private static func spacing(_ stack: SliceStack) -> Double {
        let locations = stack.slices.map(\.location)
        let height = (locations.max() ?? 0) - (locations.min() ?? 0)
        return height / Double(max(1, stack.slices.count - 1)) < 2.5 ? 2 : 2.4
    }

    /// The least distance in mm that must lie between an old face and what is left.
    private static let leastDistance = 8.0

    /// Finds what to remove from a study.
    ///
    /// - Parameters:
    ///   - stack: All slices of the series.
    ///   - mode: The face and the ears, or all but the brain.
    ///   - key: The site's secret for cuts, from which edge and noise are derived.
    ///   - study: The study's name; the same name gives the same cut.
    /// - Throws: ``FaceRemovalError`` where the result would be a guess.
    package init(
        _ stack: SliceStack,
        mode: FaceRemovalMode,
        key: SymmetricKey,
        study: String
    ) throws(FaceRemovalError) {
        try self.init(stack, mode: mode, key: key, study: study, sparing: nil)
    }

    /// Finds what to remove but for the inside of the skull as it was found a second time.
    init(
        _ stack: SliceStack,
        mode: FaceRemovalMode,
        key: SymmetricKey,
        study: String,
        sparing interior: SkullInterior?
    ) throws(FaceRemovalError) {
        try self.init(unchecked: stack, mode: mode, key: key, study: study, sparing: interior)
        try Self.check(report)
    }

    /// Finds what to remove without asking whether it is enough: for a person who looks at it.
    package init(
        unchecked stack: SliceStack,
        mode: FaceRemovalMode,
        key: SymmetricKey,
        study: String
    ) throws(FaceRemovalError) {
        try self.init(unchecked: stack, mode: mode, key: key, study: study, sparing: nil)
    }

    private init(
        unchecked stack: SliceStack,
        mode: FaceRemovalMode,
        key: SymmetricKey,
        study: String,
        sparing interior: SkullInterior?
    ) throws(FaceRemovalError) {
        guard stack.slices.count >= 4, let grid = HeadGrid(stack, spacing: Self.spacing(stack))
        else {
            throw FaceRemovalError(
                .tooFewSlices,
                "\(stack.slices.count) slices give no volume; at least 4 in a row are needed"
            )
        }
        let head = try HeadSegmentation(grid)
        edge = CutEdge(key: key, study: study)
        self.grid = grid
        self.interior = mode == .face ? interior : nil
        outside = head.outside
        var found: FaceLandmarks?
        switch mode {
        case .brainOnly:
            cut = head.cavity.map { !$0 }
            report = Self.report(head, cut, .brainOnly, distances: [:])
        case .face:
            let landmarks = try FaceLandmarks(head)
            found = landmarks
            let region = FaceRegion(head: head, landmarks: landmarks, edge: edge).cells()
            cut = Self.sparing(region, grid, interior)
            let distances = SurfaceDistances(head: head, landmarks: landmarks, cut: cut).distances()
            let outcome =
                landmarks.orbits == nil ? .noFaceInScan : FaceRemovalReport.Outcome.removed
            report = Self.report(head, cut, outcome, distances: distances)
        }
        self.landmarks = found
    }

    /// The cells of a cut without those that must stay.
    private static func sparing(
        _ region: [Bool],
        _ grid: HeadGrid,
        _ interior: SkullInterior?
    ) -> [Bool] {
        guard let interior else { return region }
        var cut = region
        FaceLandmarks.forEachCell(of: region, grid) { place, index in
            if interior.protects(place) { cut[index] = false }
        }
        return cut
    }

    /// Orbits without eyes or nose in front of them are none: the head may lie upside down.
    private static func check(_ report: FaceRemovalReport) throws(FaceRemovalError) {
        let front = [FaceRemovalReport.Part.eyes, .nose].compactMap { report.distancesMM[$0] }
        if report.outcome == .removed, front.isEmpty {
            throw FaceRemovalError(
                .noOrbits,
                "neither eyes nor a nose lie in front of what was taken for the orbits"
            )
        }
        for part in FaceRemovalReport.Part.allCases where part != .ears {
            guard let distance = report.distancesMM[part], distance < leastDistance else {
                continue
            }
            throw FaceRemovalError(
                .faceRemains,
                "\(part.rawValue) would stay within \(Int(distance)) mm of the old surface"
            )
        }
    }

    private static func report(
        _ head: HeadSegmentation,
        _ cut: [Bool],
        _ outcome: FaceRemovalReport.Outcome,
        distances: [FaceRemovalReport.Part: Double]
    ) -> FaceRemovalReport {
        let cell = head.grid.spacing * head.grid.spacing * head.grid.spacing / 1000
        let removed = cut.indices.count { cut[$0] && head.body[$0] }
        let area = Double(head.openSkullCells) * head.grid.spacing * head.grid.spacing / 100
        return FaceRemovalReport(
            outcome: outcome,
            removedML: Double(removed) * cell,
            cavityML: head.cavityML,
            openSkullCM2: area,
            distancesMM: distances
        )
    }

    /// Replaces what is to go in one slice; every other sample stays as it is.
    ///
    /// Filled with samples drawn from the air of the same slice, so that noise tells nothing.
    ///
    /// - Returns: The number of samples that were replaced.
    @discardableResult
    package func apply(
        to samples: inout [Int32],
        placement: SlicePlacement,
        slope: Double,
        intercept: Double
    ) -> Int {
        let pixels = pixels(of: placement)
        guard !pixels.isEmpty else { return 0 }
        let air = air(in: samples, placement, slope: slope, intercept: intercept)
        let location = SlicePlacement.dot(placement.position, placement.normal)
        var generator = edge.noise(ofSlice: "\(Int((location * 1000).rounded()))")
        let count = UInt64(air.count)
        for pixel in pixels { samples[pixel] = air[Int(generator.next() % count)] }
        return pixels.count
    }

    /// Whether any pixel that is to go is one that must stay.
    func touches(_ interior: SkullInterior, in slice: SliceStack.Reduced) -> Bool {
        pixels(of: slice.placement).contains {
            interior.protects(pixel: $0, of: slice.placement)
        }
    }

    /// The pixels of a slice that are to go.
    private func pixels(of placement: SlicePlacement) -> [Int] {
        var pixels: [Int] = []
        forEachCell(of: placement, every: 1) { pixel, cell in
            if cut[cell] { pixels.append(pixel) }
        }
        guard let interior else { return pixels }
        return pixels.filter { !interior.protects(pixel: $0, of: placement) }
    }

    /// Stored values of the air around the head in a slice; plain air where there is too little.
    private func air(
        in samples: [Int32],
        _ placement: SlicePlacement,
        slope: Double,
        intercept: Double
    ) -> [Int32] {
        let plain = max(samples.min() ?? 0, Int32(((-1000 - intercept) / slope).rounded()))
        let low = Int32(((-1090 - intercept) / slope).rounded())
        let high = Int32(((-900 - intercept) / slope).rounded())
        var values: [Int32] = []
        forEachCell(of: placement, every: 3) { pixel, cell in
            let value = samples[pixel]
            guard outside[cell], (min(low, high)...max(low, high)).contains(value)
            else { return }
            values.append(value)
        }
        return values.count >= 100 ? values : [plain]
    }

    /// Calls for each pixel, or every so many, whose place lies in the grid, with its cell.
    @inline(__always)
    private func forEachCell(
        of placement: SlicePlacement,
        every stride: Int,
        _ body: (Int, Int) -> Void
    ) {
        let step = SIMD3<Float>(
            placement.rowDirection * (placement.columnSpacing / grid.spacing)
        )
        let limit = SIMD3<Float>(SIMD3<Double>(grid.counts))
        let (width, layer) = (grid.counts.x, grid.counts.x * grid.counts.y)
        for row in Swift.stride(from: 0, to: placement.rows, by: stride) {
            let place = placement.point(row: Double(row), column: 0) - grid.origin
            let start = SIMD3<Float>(place / grid.spacing) + 0.5
            let columns = Self.columns(start, step, limit, count: placement.columns)
            for column in Swift.stride(from: columns.lowerBound, to: columns.upperBound, by: stride)
            {
                let point = start + step * Float(column)
                let cell = (Int(point.z) * layer) + Int(point.y) * width + Int(point.x)
                body(row * placement.columns + column, cell)
            }
        }
    }

    /// The columns of a row whose points lie between 0 and the limits.
    private static func columns(
        _ start: SIMD3<Float>,
        _ step: SIMD3<Float>,
        _ limit: SIMD3<Float>,
        count: Int
    ) -> Range<Int> {
        var (first, last) = (Float(0), Float(count))
        for axis in 0..<3 {
            let (low, high) = (0.001 - start[axis], limit[axis] - 0.001 - start[axis])
            if abs(step[axis]) < 1e-6 {
                if low > 0 || high < 0 { return 0..<0 }
            } else {
                let (a, b) = (low / step[axis], high / step[axis])
                first = max(first, min(a, b).rounded(.up))
                last = min(last, max(a, b).rounded(.down) + 1)
            }
        }
        return first < last ? Int(first)..<min(count, Int(last)) : 0..<0
    }
}
