/// Text by what no measurement makes: many neighbours of exactly one value in a small place.
extension TextPicture {
    /// Lines of strokes in one value, whatever lies under them.
    func linesOfOneValue() -> [PixelRegion] {
        guard shared.isNoisy else { return linesOfGreatestValue() }
        return shared.suspicious(except: air.least).flatMap { value -> [PixelRegion] in
            let pieces = pieces(of: value)
            let lines = TextLine.lines(among: pieces, letters: 2.9).map(\.region)
            return (lines + StrokePieces.clusters(of: pieces)).filter { standsOut(value, in: $0) }
        }
    }

    /// White letters in a picture without noise, or so many that it seems to have been windowed.
    ///
    /// There any value may be shared, so that only straight lines of four letters count.
    private func linesOfGreatestValue() -> [PixelRegion] {
        guard let greatest = samples.max(), greatest > air.value else { return [] }
        return TextLine.lines(among: pieces(of: greatest), letters: 3.9).filter(\.isStraight)
            .map(\.region).filter { standsOut(greatest, in: $0) }
    }

    /// The pieces of one value that may be letters or parts of some.
    private func pieces(of value: Int32) -> [Component] {
        let mask = mask(samples) { $0 == value }
        return ComponentFinder.components(of: mask, samples: samples).filter {
            $0.area >= 2 && $0.height <= 60 && $0.width <= 60
        }
    }

    /// Whether what lies around pixels of a value differs from it by what can be read.
    private func standsOut(_ value: Int32, in region: PixelRegion) -> Bool {
        var differences: [Int32] = []
        for row in region.row..<region.row + region.height {
            for column in region.column..<region.column + region.width {
                let difference = abs(samples[row * columns + column] - value)
                if difference > 0 { differences.append(difference) }
            }
        }
        differences.sort()
        return !differences.isEmpty && differences[differences.count / 2] >= stored(70)
    }
}
