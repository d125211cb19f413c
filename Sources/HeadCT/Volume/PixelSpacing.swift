/// Distances between pixel centres in mm (Pixel Spacing (0028,0030), in its order).
package struct PixelSpacing: Sendable, Hashable, Codable {
    /// Between the centres of adjacent rows, that is downwards.
    package let betweenRows: Double
    /// Between the centres of adjacent columns, that is across.
    package let betweenColumns: Double

    /// Makes a spacing; both are positive and finite.
    package init(betweenRows: Double, betweenColumns: Double) {
        precondition(betweenRows > 0 && betweenColumns > 0, "a pixel spacing is positive")
        self.betweenRows = betweenRows
        self.betweenColumns = betweenColumns
    }

    /// The area of a pixel in mm².
    package var areaSquareMM: Double { betweenRows * betweenColumns }
}
