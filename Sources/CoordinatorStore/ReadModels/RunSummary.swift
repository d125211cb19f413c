package import CanonicalJSON
package import Federation
package import Foundation

/// A run as a whole: all that a comparison, a page or a report needs, from one consistent state.
package struct RunSummary: Sendable, Hashable {
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

    /// A site's part in the run.
    package struct Site: Sendable, Hashable {
        /// The site.
        package let summary: SiteSummary
        /// Its answer to the plan; nil if it gave none.
        package let answer: Answer?
        /// Its metrics of the final model, as sent; nil if it sent none.
        package let metrics: JSONValue?
    }

    /// A site's delta in a round.
    package struct Update: Sendable, Hashable {
        /// The site.
        package let site: SiteID
        /// The digest of the delta.
        package let sha256: SHA256Digest
        /// The gate's code; nil if it was accepted.
        package let rejection: String?
        /// The site's message (Protocol.md section 5.7); nil if it was rejected.
        package let message: JSONValue?
    }

    /// A round of the run.
    package struct Round: Sendable, Hashable {
        /// Its number.
        package let number: RoundNumber
        /// The model it started from.
        package let startModel: SHA256Digest
        /// The model it made; nil if it made none.
        package let model: SHA256Digest?
        /// Who took part; nil while it is open.
        package let rollCall: RollCall?
        /// How long it took; nil while it is open.
        package let seconds: Double?
        /// The deltas that arrived, ascending by site.
        package let updates: [Update]
    }

    /// The run in short.
    package let listing: RunListing
    /// Its plan.
    package let plan: Plan
    /// The final model; nil before the end and after a failure.
    package let model: SHA256Digest?
    /// Why it failed; nil if it did not.
    package let failure: String?
    /// The sites that were asked, ascending.
    package let sites: [Site]
    /// The rounds, ascending.
    package let rounds: [Round]
}
