/// What the plan asks every site for, fixed before the first round.
package struct MetricsRequest: Sendable, Hashable {
    /// The metrics that may leave.
    package var allowed: Set<MetricKind>
    /// An exam is called positive when its score is at least this.
    package var threshold: Double
    /// The volume strata.
    package var strata: VolumeStrata

    /// Makes a request; every metric unless said otherwise.
    package init(
        allowed: Set<MetricKind> = Set(MetricKind.allCases),
        threshold: Double,
        strata: VolumeStrata = .standard
    ) {
        self.allowed = allowed
        self.threshold = threshold
        self.strata = strata
    }
}
