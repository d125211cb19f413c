/// The plan a run followed, with the settings a reader needs beside the figures.
package struct PlanReference: Sendable, Hashable, Codable {
    /// The SHA-256 of its canonical form, 64 hexadecimal digits.
    package var sha256: String
    /// Its name.
    package var name: String
    /// An exam is called positive when its score is at least this.
    package var threshold: Double
    /// The inner edges of the volume strata in mL.
    package var volumeStrataML: [Double]

    /// Makes a reference.
    package init(sha256: String, name: String, threshold: Double, volumeStrataML: [Double]) {
        self.sha256 = sha256
        self.name = name
        self.threshold = threshold
        self.volumeStrataML = volumeStrataML
    }
}
