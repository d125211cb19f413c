package import CanonicalJSON

/// What a federation agrees to do: data only, never code (schema `fed-headct-plan/1`).
///
/// Written as YAML, approved by each site under the SHA-256 of its canonical JSON bytes. A value of
/// this type has passed every rule that can be checked without a site or a model.
package struct Plan: Sendable, Hashable {
    /// The schema this program writes and reads.
    package static let schema = "fed-headct-plan/1"

    /// A short name, with the letters of a site id.
    package var name: String
    /// One or two sentences for the person who approves.
    package var description: String
    /// Seed of everything random: initial weights, sampling, augmentation; 0 to 2^53 − 1.
    package var seed: UInt64
    /// Which exams take part.
    package var cohort: CohortRules
    /// How images become tensors.
    package var preprocessing: PreprocessingRules
    /// The network, as the model description of `NeuralNetwork` reads it.
    package var model: JSONValue
    /// What a site does with the model in a round.
    package var localTraining: LocalTraining
    /// The number of rounds, 1 to 10,000.
    package var rounds: Int
    /// What a round needs to count.
    package var quorum: Quorum
    /// Seconds a round may take from opening to the last update.
    package var deadlineSeconds: Int
    /// Seconds the sites have to score the final model (and to train their local-only baseline).
    package var scoreDeadlineSeconds: Int
    /// What happens with sites that have not answered at the deadline.
    package var stragglers: StragglerRule
    /// When the run works; nil for at any time.
    package var schedule: ScheduleRules?
    /// How many sites a round asks; nil for all.
    package var sampling: SamplingRules?
    /// Which model is the result and when to stop; nil for the last of all rounds.
    package var selection: SelectionRules?
    /// How updates become the next global model.
    package var aggregation: AggregationRules
    /// How updates are written to be smaller; nil for Float32 as it is.
    package var updateCompression: CompressionRules?
    /// What an update must keep to be counted.
    package var updateValidation: UpdateLimits
    /// What may leave a site besides weights.
    package var metrics: MetricsRules
    /// What each site trains alone for comparison.
    package var baseline: BaselineRules

    /// Reads a plan file; throws every problem it has.
    package static func parse(yaml text: String) throws(PlanError) -> Plan {
        try Plan(json: try YAMLDocument.parse(text))
    }

    /// Reads a plan from JSON bytes as received; throws every problem it has.
    package static func parse(json bytes: [UInt8]) throws(PlanError) -> Plan {
        let limits = JSONLimits(maximumBytes: YAMLDocument.lengthMaxBytes, maximumDepth: 32)
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(parsing: bytes, limits: limits)
        } catch {
            throw PlanError(problems: [PlanProblem(.syntax, at: "", error.description)])
        }
        return try Plan(json: value)
    }

    /// The plan as a JSON tree with every default written out.
    package var json: JSONValue {
        do {
            return try CanonicalEncoder().jsonValue(of: self)
        } catch {
            preconditionFailure("a plan that passed its rules has a JSON form: \(error)")
        }
    }

    /// The RFC 8785 bytes: what is hashed, stored, sent and approved.
    package var canonicalBytes: [UInt8] { json.canonicalBytes }

    /// The SHA-256 of `canonicalBytes`: what a site approves.
    package var sha256: SHA256Digest { SHA256Digest(hashing: canonicalBytes) }
}
