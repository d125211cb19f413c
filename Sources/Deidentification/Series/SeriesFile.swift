/// A file of a series, read when it is needed: twice, since a series has two passes.
package struct SeriesFile: Sendable {
    /// Reads the file's bytes; throws why it cannot.
    package let load: @Sendable () throws(QuarantineReason) -> [UInt8]

    /// Makes a file of what reads it.
    package init(load: @escaping @Sendable () throws(QuarantineReason) -> [UInt8]) {
        self.load = load
    }
}
