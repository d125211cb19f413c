/// Where training is.
package struct TrainingProgress: Sendable, Hashable {
    /// Steps taken.
    package let step: Int
    /// Steps in all.
    package let steps: Int
    /// The mean loss so far.
    package let meanLoss: Double

    /// Steps taken of all, 0 to 1.
    package var fraction: Double { Double(step) / Double(steps) }
}
