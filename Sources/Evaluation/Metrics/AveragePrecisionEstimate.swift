/// Average precision with the prevalence that it must be read against.
package struct AveragePrecisionEstimate: Sendable, Hashable, Codable {
    /// The average precision, 0 to 1.
    package let estimate: Double
    /// The logit 95 % interval; nil at 0 and 1.
    package let interval: Interval?
    /// The prevalence among the test exams, what a useless model scores; nil where the policy
    /// withholds counts or shows them as bands, because it would give them back.
    package let prevalence: Double?
}
