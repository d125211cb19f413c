/// The end of a run: what each site measured, federated beside local-only (`comparison.json`).
///
/// The article `ComparisonFormat` documents every member. Members are added without a new schema
/// number; one is never renamed or given another meaning without one.
package struct Comparison: Sendable, Hashable, Codable {
    /// The schema this version writes and reads.
    package static let schema = "fed-headct-comparison/1"

    /// The warning every comparison of simulated hospitals carries.
    package static let phantomWarning =
        "The hospitals are simulated: phantoms test the software and say nothing about clinical "
        + "performance."

    /// The warning every comparison carries.
    package static let meanWarning =
        "Means over sites are unweighted means of per-site values, not the result of a pooled "
        + "data set."

    /// Always `Comparison.schema`.
    package let schema: String
    /// The name of the run, from its plan.
    package var name: String
    /// What the sites' data are.
    package var data: DataKind
    /// The federated model at the end.
    package var model: ModelReference
    /// The plan every site approved.
    package var plan: PlanReference
    /// The seed of the run.
    package var seed: Int
    /// The rounds, ascending.
    package var rounds: [RoundSummary]
    /// The sites in the order of their identifiers.
    package var sites: [SiteComparison]
    /// Means over the sites that reported both models.
    package var means: [MetricMean]
    /// How the figures were computed, ready to paste.
    package var methods: String
    /// What a reader must know, the phantom warning among it.
    package var notes: [String]

    /// Makes a comparison: sorts sites and rounds, adds means, methods and the due warnings.
    package init(
        name: String,
        data: DataKind,
        model: ModelReference,
        plan: PlanReference,
        seed: Int,
        rounds: [RoundSummary],
        sites: [SiteComparison],
        notes: [String] = []
    ) {
        schema = Self.schema
        self.name = name
        self.data = data
        self.model = model
        self.plan = plan
        self.seed = seed
        self.rounds = rounds.sorted { $0.number < $1.number }
        self.sites = sites.sorted { $0.id < $1.id }
        means = MetricMean.all(of: sites)
        methods = MethodsSentence.text
        let warnings = data == .simulated ? [Self.phantomWarning] : []
        self.notes = warnings + notes + (means.isEmpty ? [] : [Self.meanWarning])
    }
}
