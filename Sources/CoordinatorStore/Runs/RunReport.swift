package import Federation

/// Everything the database knows of a run, from one consistent state, for watching and comparing.
package struct RunReport: Sendable, Hashable {
    /// A site's answer to the plan.
    package struct Answer: Sendable, Hashable {
        /// `approved` or `declined`.
        package let decision: String
        /// The policy or role that decided.
        package let decidedBy: String
        /// Why, for a declined plan.
        package let reason: String
        /// The training exams it brings.
        package let exams: Int
        /// Those with haemorrhage; nil where the site does not say.
        package let positiveExams: Int?
    }

    /// A round.
    package struct Round: Sendable, Hashable {
        /// Its number.
        package let number: Int
        /// The model it started from.
        package let startModel: String
        /// The model it made; nil if it made none.
        package let model: String?
        /// The roll-call as JSON (a `RollCall`); nil while the round is open.
        package let rollCall: String?
        /// When it was opened, milliseconds since 1970.
        package let openedMilliseconds: Int64
        /// Its wall time; nil while it is open.
        package let seconds: Double?
        /// What sites sent with the deltas that were counted, as JSON, by site id.
        package let contributions: [String: String]
        /// The gate's codes for the deltas that were turned back, by site id.
        package let rejections: [String: String]

        /// The roll-call as a value; nil while the round is open.
        package func decodedRollCall() throws -> RollCall? {
            try rollCall.map { try StoredDocument.decode(RollCall.self, $0) }
        }
    }

    /// The run's id.
    package let id: String
    /// `queued`, `waiting`, `running`, `completed` or `failed`.
    package let status: String
    /// Why it failed.
    package let failure: String?
    /// The final model.
    package let model: String?
    /// The plan's digest.
    package let planSHA256: String
    /// The plan's canonical document.
    package let planDocument: [UInt8]
    /// When the operator started it, milliseconds since 1970.
    package let createdMilliseconds: Int64
    /// When it ended.
    package let endedMilliseconds: Int64?
    /// Since when the operator holds it; nil if it goes on.
    package let pausedMilliseconds: Int64?
    /// The rounds, ascending.
    package let rounds: [Round]
    /// The sites that were asked, ascending by id.
    package let sites: [SiteRow]
    /// The sites' answers to the plan, by site id.
    package let answers: [String: Answer]
    /// The sites' metrics as JSON, by site id.
    package let metrics: [String: String]
}
