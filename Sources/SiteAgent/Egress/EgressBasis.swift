package import Federation
package import SiteStore
package import WireProtocol

/// What decides on a message that carries results: the site's policy, its approvals, its own records.
package protocol EgressBasis: Sendable {
    /// The rules in force at this moment.
    ///
    /// - Throws: ``AgentError`` `bad-configuration` if they cannot be read: then nothing leaves.
    func policy() throws -> SitePolicy
    /// The plan of a digest if this site approved it; nil otherwise.
    func approvedPlan(_ digest: SHA256Digest) async throws -> Plan?
    /// The update with a digest as it was trained here; nil if none was.
    func update(_ delta: SHA256Digest) async throws -> RecordedUpdate?
    /// The rounds under a plan in which the coordinator answered this site's update.
    func roundsGiven(under plan: SHA256Digest) async throws -> Int
}

/// An update as the site's database has it.
package struct RecordedUpdate: Sendable {
    /// The plan it was trained by.
    package let plan: SHA256Digest
    /// Whether the coordinator has answered it.
    package let isAnswered: Bool
    /// What is said of it.
    package let contribution: ContributionRequest

    /// Describes an update.
    package init(plan: SHA256Digest, isAnswered: Bool, contribution: ContributionRequest) {
        self.plan = plan
        self.isAnswered = isAnswered
        self.contribution = contribution
    }
}

/// The basis of a site's folder and database.
package struct SiteEgressBasis: EgressBasis {
    private let folder: SiteFolder
    private let store: SiteStore

    /// The basis of a site.
    package init(of folder: SiteFolder, _ store: SiteStore) {
        (self.folder, self.store) = (folder, store)
    }

    /// The file as it is now.
    package func policy() throws -> SitePolicy { try SitePolicy.read(from: folder.policy) }

    /// The plan if the site's answer to it is a yes.
    package func approvedPlan(_ digest: SHA256Digest) async throws -> Plan? {
        try await SiteContext.approvedPlan(digest, in: store)
    }

    /// The update as the site's database has it.
    package func update(_ delta: SHA256Digest) async throws -> RecordedUpdate? {
        guard let row = try await store.round(delta: delta.rawValue),
            let plan = SHA256Digest(rawValue: row.plan), let document = row.contribution
        else { return nil }
        return RecordedUpdate(
            plan: plan,
            isAnswered: row.outcome != nil,
            contribution: try WireCodec.decode(
                ContributionRequest.self,
                from: Array(document.utf8)
            )
        )
    }

    /// The rounds whose update has an answer in the site's database.
    package func roundsGiven(under plan: SHA256Digest) async throws -> Int {
        try await store.roundsGiven(plan: plan.rawValue)
    }
}
