/// The size the data set promises for one frame; every codestream must agree before memory is taken.
struct FrameShape: Hashable {
    let rows: Int
    let columns: Int
    let samplesPerPixel: Int

    var pixelCount: Int { rows * columns }
    var sampleCount: Int { rows * columns * samplesPerPixel }

    /// Refuses a codestream of another size.
    func require(
        rows: Int,
        columns: Int,
        samplesPerPixel: Int,
        at offset: Int? = nil
    ) throws(CodestreamError) {
        guard
            rows == self.rows, columns == self.columns, samplesPerPixel == self.samplesPerPixel
        else {
            throw .mismatch(
                "codestream of \(columns) x \(rows) x \(samplesPerPixel), data set says "
                    + "\(self.columns) x \(self.rows) x \(self.samplesPerPixel)",
                at: offset
            )
        }
    }
}
