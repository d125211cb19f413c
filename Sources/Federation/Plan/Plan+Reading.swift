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
        AggregationCheck(rules: aggregation, quorum: quorum, training: localTraining)
            .report(to: reader)
        compression?.check(aggregation, reader)
        Self.checkRounds(sampling, selection, quorum, reader)
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
            sampling: sampling,
            selection: selection,
            aggregation: aggregation,
            updateCompression: compression,
            updateValidation: limits,
            metrics: metrics,
            baseline: baseline
        )
    }

    private static func checkRounds(
        _ sampling: SamplingRules?,
        _ selection: SelectionRules?,
        _ quorum: Quorum,
        _ reader: SectionReader
    ) {
        if let sampling, sampling.sites < quorum.sites {
            reader.report(
                .inconsistent,
                "sampling.sites",
                "a round asks \(sampling.sites) sites, but quorum.sites needs \(quorum.sites)"
            )
        }
        guard let selection, selection.rule == .best || selection.patience != nil else { return }
        // The run can select and stop early; agents that score each round's model come later.
        reader.report(
            .inconsistent,
            "selection",
            "agents of this version score the last model only; leave the section out"
        )
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
