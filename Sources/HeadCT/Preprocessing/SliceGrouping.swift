/// Decides which slices of a series make one prepared slice.
///
/// Thin slices are averaged to the contract's spacing, thick ones stay what they are; nothing is
/// ever interpolated between slices. A series may hold both kinds and gaps: averaging stops where
/// the kind changes or a gap begins.
struct SliceGrouping {
    /// Slices with an extent below this share of the contract's spacing are averaged.
    static let thinShare = 0.75

    /// A distance above this multiple of what neighbouring slices should have is a gap.
    static let gapFactor = 1.5

    let volume: CTVolume
    let spacing: Double

    /// The prepared slices, ascending.
    func slices() -> [PreparedSlice] {
        var result: [PreparedSlice] = []
        var start = 0
        for index in volume.slices.indices
        where index + 1 == volume.slices.count || endsRun(after: index) {
            result += isThin(start) ? averaged(start...index) : (start...index).map(kept)
            start = index + 1
        }
        return result
    }

    /// Whether the space between two neighbouring slices is a gap rather than their common border.
    static func isGap(
        distance: Double,
        thicknesses: (Double, Double),
        spacing: Double
    ) -> Bool {
        distance > gapFactor * max(thicknesses.0, thicknesses.1, spacing)
    }

    private func isThin(_ index: Int) -> Bool {
        volume.extents[index].total < Self.thinShare * spacing
    }

    private func thickness(_ index: Int) -> Double {
        volume.slices[index].thickness ?? volume.extents[index].total
    }

    private func endsRun(after index: Int) -> Bool {
        isThin(index) != isThin(index + 1)
            || Self.isGap(
                distance: volume.locationsMM[index + 1] - volume.locationsMM[index],
                thicknesses: (thickness(index), thickness(index + 1)),
                spacing: spacing
            )
    }

    private func kept(_ index: Int) -> PreparedSlice {
        PreparedSlice(
            locationMM: volume.locationsMM[index],
            thicknessMM: thickness(index),
            extentMM: volume.extents[index].total,
            sources: [source(index, share: 1)]
        )
    }

    private func source(_ index: Int, share: Double) -> PreparedSlice.Source {
        PreparedSlice.Source(
            index: index,
            sopInstanceUID: volume.slices[index].sopInstanceUID,
            weight: Float(share)
        )
    }

    /// Bins of the contract's spacing, centred on the run and covering all of it.
    private func averaged(_ run: ClosedRange<Int>) -> [PreparedSlice] {
        let low = volume.locationsMM[run.lowerBound] - volume.extents[run.lowerBound].below
        let high = volume.locationsMM[run.upperBound] + volume.extents[run.upperBound].above
        let count = max(1, Int(((high - low) / spacing - 1e-6).rounded(.up)))
        let first = (low + high) / 2 - Double(count) * spacing / 2
        return (0..<count).compactMap { bin in
            average(of: run, over: first + Double(bin) * spacing)
        }
    }

    private func average(of run: ClosedRange<Int>, over start: Double) -> PreparedSlice? {
        let overlaps = run.map { index in
            let low = volume.locationsMM[index] - volume.extents[index].below
            let high = volume.locationsMM[index] + volume.extents[index].above
            return max(0, min(high, start + spacing) - max(low, start))
        }
        let covered = overlaps.reduce(0, +)
        guard covered > 1e-6 else { return nil }
        let sources = zip(run, overlaps).compactMap { index, overlap in
            overlap > 1e-6 ? source(index, share: overlap / covered) : nil
        }
        guard !sources.isEmpty else { return nil }
        return PreparedSlice(
            locationMM: start + spacing / 2,
            thicknessMM: spacing,
            extentMM: covered,
            sources: sources
        )
    }
}
