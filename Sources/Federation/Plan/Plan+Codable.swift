import CanonicalJSON

extension Plan: Codable {
    private enum CodingKeys: String, CodingKey {
        case schema, name, description, seed, cohort, preprocessing, model, localTraining, rounds
        case quorum, deadlineSeconds, scoreDeadlineSeconds, stragglers, aggregation
        case updateValidation, metrics, baseline, schedule, sampling, selection
        case updateCompression
    }

    /// Decodes and validates; the error is the `PlanError` of all problems.
    package init(from decoder: any Decoder) throws {
        try self.init(json: try decoder.singleValueContainer().decode(JSONValue.self))
    }

    /// Encodes every section with its defaults written out.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Plan.schema, forKey: .schema)
        try container.encode(name, forKey: .name)
        try container.encode(description, forKey: .description)
        try container.encode(seed, forKey: .seed)
        try container.encode(cohort, forKey: .cohort)
        try container.encode(preprocessing, forKey: .preprocessing)
        try container.encode(model, forKey: .model)
        try container.encode(localTraining, forKey: .localTraining)
        try container.encode(rounds, forKey: .rounds)
        try container.encode(quorum, forKey: .quorum)
        try container.encode(deadlineSeconds, forKey: .deadlineSeconds)
        try container.encode(scoreDeadlineSeconds, forKey: .scoreDeadlineSeconds)
        try container.encode(stragglers, forKey: .stragglers)
        try container.encodeIfPresent(schedule, forKey: .schedule)
        try container.encodeIfPresent(sampling, forKey: .sampling)
        try container.encodeIfPresent(selection, forKey: .selection)
        try container.encode(aggregation, forKey: .aggregation)
        try container.encodeIfPresent(updateCompression, forKey: .updateCompression)
        try container.encode(updateValidation, forKey: .updateValidation)
        try container.encode(metrics, forKey: .metrics)
        try container.encode(baseline, forKey: .baseline)
    }
}
