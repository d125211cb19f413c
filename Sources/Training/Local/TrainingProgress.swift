/// Where training is.
package struct TrainingProgress: Sendable, Hashable {
    /// Steps taken.
    package let step: Int
    /// Steps in all.
    package let steps: Int
    /// The mean loss so far.
    package let meanLoss: Double

    /// Says where training is.
    package init(step: Int, steps: Int, meanLoss: Double) {
        self.step = step
        self.steps = steps
        self.meanLoss = meanLoss
    }

    /// Steps taken of all, 0 to 1.
    package var fraction: Double { Double(step) / Double(steps) }
}
