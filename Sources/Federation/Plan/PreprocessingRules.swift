/// How a series becomes the network's input (`preprocessing` of the plan).
///
/// One to one with `HeadCT`'s preprocessing contract, which this module must not import: the
/// control half knows no image.
package struct PreprocessingRules: Sendable, Hashable, Codable {
    /// Distance of the resampled slices.
    package var sliceSpacingMM: Double
    /// Edge of a resampled pixel.
    package var pixelSpacingMM: Double
    /// Edge of the square grid in pixels, a multiple of 8.
    package var gridSize: Int
    /// Slices in the input slab, odd.
    package var slabDepth: Int
    /// The windows that become input channels, in order.
    package var windows: [WindowRule]

    init(reading reader: inout SectionReader) {
        sliceSpacingMM = reader.number("sliceSpacingMM", in: 0.3...20)
        pixelSpacingMM = reader.number("pixelSpacingMM", in: 0.2...10)
        gridSize = reader.integer("gridSize", in: 16...1024)
        slabDepth = reader.integer("slabDepth", in: 1...31)
        windows = reader.sections("windows", count: 1...8, WindowRule.init(reading:))
        if gridSize % 8 != 0 {
            reader.report(.outOfRange, "gridSize", "must be a multiple of 8")
        }
        if slabDepth % 2 == 0 { reader.report(.outOfRange, "slabDepth", "must be odd") }
        if Set(windows.map(\.name)).count < windows.count {
            reader.report(.inconsistent, "windows", "two windows have the same name")
        }
    }
}
