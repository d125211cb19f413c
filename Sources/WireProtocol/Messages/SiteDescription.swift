/// What a site tells about itself: its scanners and the bands its numbers lie in, never exact counts (Protocol.md section 5.3).
package struct SiteDescription: Sendable, Hashable, Codable {
    /// A scanner model in use.
    package struct Scanner: Sendable, Hashable, Codable {
        /// As in (0008,0070).
        package let manufacturer: String
        /// As in (0008,1090).
        package let model: String

        /// Names a scanner.
        package init(manufacturer: String, model: String) {
            self.manufacturer = manufacturer
            self.model = model
        }
    }

    /// The agent's version.
    package let softwareVersion: String
    /// The scanners of the cohort.
    package let scanners: [Scanner]
    /// Such as `1000-4999`.
    package let sliceCountBand: String
    /// Such as `50-99`.
    package let examCountBand: String
    /// Such as `5-10 %`.
    package let prevalenceBand: String

    /// Makes a description.
    package init(
        softwareVersion: String,
        scanners: [Scanner],
        sliceCountBand: String,
        examCountBand: String,
        prevalenceBand: String
    ) {
        self.softwareVersion = softwareVersion
        self.scanners = scanners
        self.sliceCountBand = sliceCountBand
        self.examCountBand = examCountBand
        self.prevalenceBand = prevalenceBand
    }
}
