/// A window of Hounsfield units that becomes one input channel, scaled to 0 to 1.
package struct WindowRule: Sendable, Hashable, Codable {
    /// A name for people, as `brain`.
    package var name: String
    /// The middle of the window in HU.
    package var center: Double
    /// The width of the window in HU, above 0.
    package var width: Double

    init(reading reader: inout SectionReader) {
        name = reader.text("name", lengthMax: 32)
        center = reader.number("center", in: -1024...3071)
        width = reader.number("width", in: 1...8192)
    }
}
