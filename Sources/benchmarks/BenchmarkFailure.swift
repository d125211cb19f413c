/// Why a benchmark has no result.
struct BenchmarkFailure: Error, Sendable, Hashable, CustomStringConvertible {
    let description: String

    /// Makes a failure.
    init(_ description: String) { self.description = description }
}
