/// What computed a result, for the record beside it: other CPUs and versions give other last bits.
package struct EngineRecord: Sendable, Hashable, Codable {
    /// The version of oneDNN.
    package let oneDNNVersion: String

    /// The instruction set of our own loops.
    package let instructionSet: InstructionSet

    /// The number of worker threads.
    package let threads: Int

    /// The element type inside convolutions.
    package let precision: Precision

    init(threads: Int, precision: Precision) {
        oneDNNVersion = OneDNN.version
        instructionSet = .best
        self.threads = threads
        self.precision = precision
    }
}
