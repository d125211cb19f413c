/// Why a run ended without a final model.
package struct RunFailure: Error, Sendable, Hashable, Codable, CustomStringConvertible {
    /// The kind of failure, stable across versions.
    package enum Code: String, Sendable, Hashable, Codable, CaseIterable {
        case quorumNotMet = "quorum-not-met"
        case aggregationFailed = "aggregation-failed"
        case noScores = "no-scores"
        case aborted = "aborted"
    }

    /// Who or what ended the run.
    package enum AbortReason: String, Sendable, Hashable, Codable, CaseIterable {
        case byOperator = "by-operator"
        case coordinatorStopping = "coordinator-stopping"
        case storageFailed = "storage-failed"
        case internalError = "internal-error"
    }

    /// The kind of failure.
    package let code: Code
    /// The round in which it happened.
    package let round: RoundNumber
    /// What happened and who was missing, as one sentence.
    package let message: String

    /// The sentence.
    package var description: String { message }

    static func quorum(round: RoundNumber, rollCall: RollCall, quorum: Quorum) -> RunFailure {
        let contributed = rollCall.contributions.count
        let missing = rollCall.missingExamShare.map { 100 * (1 - $0) } ?? 100
        let held = (missing * 10).rounded() / 10
        let share = (quorum.examShare * 1000).rounded() / 10
        return RunFailure(
            code: .quorumNotMet,
            round: round,
            message: "round \(round) did not reach its quorum: \(contributed) of "
                + "\(rollCall.entries.count) sites contributed, with \(held) % of the exams; "
                + "needed \(quorum.sites) sites and \(share) % (\(rollCall.text))"
        )
    }

    static func aggregation(round: RoundNumber, code: FederationError.Code) -> RunFailure {
        RunFailure(
            code: .aggregationFailed,
            round: round,
            message: "the updates of round \(round) could not be combined (\(code.rawValue))"
        )
    }

    static func aborted(round: RoundNumber, reason: AbortReason) -> RunFailure {
        RunFailure(
            code: .aborted,
            round: round,
            message: "the run was ended in round \(round) (\(reason.rawValue))"
        )
    }

    static func noScores(round: RoundNumber, rollCall: RollCall) -> RunFailure {
        RunFailure(
            code: .noScores,
            round: round,
            message: "no site scored the final model (\(rollCall.text))"
        )
    }
}
