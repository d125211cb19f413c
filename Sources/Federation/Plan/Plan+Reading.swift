package import CanonicalJSON

extension Plan {
    /// Reads a plan from a JSON tree; throws every problem it has.
    package init(json: JSONValue) throws(PlanError) {
        let problems = ProblemList()
        var reader = SectionReader(json, problems: problems)
        let plan = Plan(reading: &reader)
        reader.finish()
        try problems.throwIfAny()
        guard let plan else {
            preconditionFailure("a plan without a section was read without a problem")
        }
        self = plan
    }

    private init?(reading reader: inout SectionReader) {
        Self.checkSchema(&reader)
        let name = Self.readName(&reader)
        let description = reader.text("description", lengthMax: 2000)
        let seed = reader.integer("seed", in: 0...Int(JSONValue.largestSafeInteger))
        let cohort = reader.section("cohort", CohortRules.init(reading:))
        let preprocessing = reader.section("preprocessing", PreprocessingRules.init(reading:))
        let model = reader.object("model")
        let localTraining = reader.section("localTraining", LocalTraining.init(reading:))
        let rounds = reader.integer("rounds", in: 1...10_000)
        let quorum = reader.section("quorum", Quorum.init(reading:))
        let week = 7 * 24 * 3600
        let deadline = reader.integer("deadlineSeconds", in: 1...week)
        let scoreDeadline = reader.integer(
            "scoreDeadlineSeconds",
            in: 1...week,
            default: deadline
        )
        let stragglers: StragglerRule = reader.choice("stragglers", default: .close)
        let schedule =
            reader.has("schedule")
            ? reader.section("schedule", ScheduleRules.init(reading:)) : nil
        let sampling =
            reader.has("sampling")
            ? reader.section("sampling", SamplingRules.init(reading:)) : nil
        let selection =
            reader.has("selection")
            ? reader.section("selection", SelectionRules.init(reading:)) : nil
        let aggregation = reader.section("aggregation", AggregationRules.init(reading:))
        let compression =
            reader.has("updateCompression")
            ? reader.section("updateCompression", CompressionRules.init(reading:)) : nil
        let limits = reader.optionalSection("updateValidation", UpdateLimits.init(reading:))
        let metrics = reader.section("metrics", MetricsRules.init(reading:))
        let baseline = reader.optionalSection("baseline", BaselineRules.init(reading:))
        guard let cohort, let preprocessing, let localTraining, let quorum, let aggregation,
            let metrics
        else { return nil }
        AggregationCheck(
            rules: aggregation,
            quorum: quorum,
            training: localTraining,
            stragglers: stragglers,
            sampling: sampling,
            selection: selection
        ).report(to: reader)
        Self.check(sampling, quorum, reader)
        Self.check(selection, metrics, cohort, reader)
        compression?.check(aggregation, reader)
        self.init(
            name: name,
            description: description,
            seed: UInt64(seed),
            cohort: cohort,
            preprocessing: preprocessing,
            model: model,
            localTraining: localTraining,
            rounds: rounds,
            quorum: quorum,
            deadlineSeconds: deadline,
            scoreDeadlineSeconds: scoreDeadline,
            stragglers: stragglers,
            schedule: schedule,
            sampling: sampling,
            selection: selection,
            aggregation: aggregation,
            updateCompression: compression,
            updateValidation: limits,
            metrics: metrics,
            baseline: baseline
        )
    }

    private static func check(
        _ sampling: SamplingRules?,
        _ quorum: Quorum,
        _ reader: SectionReader
    ) {
        guard let sampling, sampling.sites < quorum.sites else { return }
        reader.report(
            .inconsistent,
            "sampling.sites",
            "a round asks \(sampling.sites) sites, but quorum.sites needs \(quorum.sites)"
        )
    }

    /// A model's score is the examAUROC of its sites' held-back exams: it must exist, and be allowed
    /// to leave.
    private static func check(
        _ selection: SelectionRules?,
        _ metrics: MetricsRules,
        _ cohort: CohortRules,
        _ reader: SectionReader
    ) {
        guard let selection, selection.needsScores else { return }
        if !metrics.allowed.contains(.examAUROC) {
            reader.report(
                .inconsistent,
                "selection",
                "needs the examAUROC of each round's model, which metrics.allowed does not name"
            )
        }
        if cohort.splitTestFraction == 0 {
            reader.report(
                .inconsistent,
                "selection",
                "needs exams that are held back, but cohort.splitTestFraction is 0"
            )
        }
    }

    private static func checkSchema(_ reader: inout SectionReader) {
        let schema = reader.text("schema")
        guard !schema.isEmpty, schema != Plan.schema else { return }
        reader.report(.notAChoice, "schema", "must be \(Plan.schema) for this program")
    }

    private static func readName(_ reader: inout SectionReader) -> String {
        let name = reader.text("name", lengthMax: 63)
        if !name.isEmpty && !IdentifierRule.allows(name) {
            reader.report(.outOfRange, "name", "must be " + IdentifierRule.inWords)
        }
        return name
    }
}
