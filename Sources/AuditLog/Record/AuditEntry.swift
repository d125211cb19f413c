/// What a caller tells the audit log; the log adds number, time and link.
package struct AuditEntry: Sendable, Hashable {
    /// What was done.
    package var act: AuditAct
    /// How it ended.
    package var outcome: AuditOutcome
    /// Who did it.
    package var actor: AuditActor
    /// What it was done to.
    package var object: AuditObject?
    /// The run (or plan) it belongs to.
    package var study: String?
    /// The round it belongs to.
    package var round: Int?
    /// The id of the request that caused it.
    package var correlation: String?
    /// Why, as a code.
    package var reason: String?
    /// The value before: a digest or a code.
    package var old: String?
    /// The value after: a digest or a code.
    package var new: String?
    /// How many things it was done to.
    package var count: Int?
    /// The other party's checkpoint that was accepted.
    package var sighting: AuditSighting?

    /// An entry; what is not given stays out of the record.
    package init(
        _ act: AuditAct,
        by actor: AuditActor,
        on object: AuditObject? = nil,
        outcome: AuditOutcome = .success,
        study: String? = nil,
        round: Int? = nil,
        correlation: String? = nil,
        reason: String? = nil,
        old: String? = nil,
        new: String? = nil,
        count: Int? = nil,
        sighting: AuditSighting? = nil
    ) {
        self.act = act
        self.outcome = outcome
        self.actor = actor
        self.object = object
        self.study = study
        self.round = round
        self.correlation = correlation
        self.reason = reason
        self.old = old
        self.new = new
        self.count = count
        self.sighting = sighting
    }
}
