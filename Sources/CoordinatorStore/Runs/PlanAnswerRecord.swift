package import Federation

/// A site's answer to a plan.
package struct PlanAnswerRecord: Sendable, Hashable {
    /// The plan.
    package let plan: SHA256Digest
    /// The site.
    package let site: SiteID
    /// `approved` or `declined`.
    package let decision: String
    /// The policy or role that decided, never a person's name.
    package let decidedBy: String
    /// Why, for a declined plan.
    package let reason: String
    /// The training exams it brings.
    package let exams: Int
    /// Those with haemorrhage; nil where the site does not say.
    package let positiveExams: Int?

    /// An answer.
    package init(
        plan: SHA256Digest,
        site: SiteID,
        decision: String,
        decidedBy: String,
        reason: String,
        exams: Int,
        positiveExams: Int?
    ) {
        self.plan = plan
        self.site = site
        self.decision = decision
        self.decidedBy = decidedBy
        self.reason = reason
        self.exams = exams
        self.positiveExams = positiveExams
    }
}
