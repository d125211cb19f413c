/// Which parts are durably at the coordinator.
package struct UploadState: Sendable, Hashable, Codable {
    /// The size of parts.
    package let partBytes: Int
    /// Their numbers, ascending.
    package let partsPresent: [Int]

    /// Makes a state.
    package init(partBytes: Int, partsPresent: [Int]) {
        self.partBytes = partBytes
        self.partsPresent = partsPresent
    }
}
