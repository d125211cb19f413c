/// A site's decision on a plan, which signs the SHA-256 in the path (Protocol.md section 5.5).
package struct PlanAnswer: Sendable, Hashable, Codable {
    /// The two answers.
    package enum Decision: String, Sendable, Hashable, Codable {
        case approved
        case declined
    }

    /// The decision.
    package let decision: Decision
    /// The policy or role that decided, never a person's name.
    package let by: String
    /// Why, for a declined plan.
    package let reason: String
    /// Training exams the site would bring, for the quorum's share of exams.
    package let exams: Int
    /// Those with haemorrhage; nil where the site's policy does not say.
    package let positiveExams: Int?

    /// Makes an answer.
    package init(
        decision: Decision,
        by: String,
        reason: String = "",
        exams: Int,
        positiveExams: Int?
    ) {
        self.decision = decision
        self.by = by
        self.reason = reason
        self.exams = exams
        self.positiveExams = positiveExams
    }
}
