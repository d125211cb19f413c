import Evaluation
import Federation
import Foundation
import HeadCT
package import SiteStore

/// What every piece of a site's work needs: its folder, database, profile and client.
package struct SiteContext: Sendable {
    /// The site's folder.
    package let folder: SiteFolder
    /// Its database.
    package let store: SiteStore
    /// Its profile.
    package let profile: SiteProfile
    /// Its enrolment.
    package let enrolment: SiteEnrolment
    /// Its way to the coordinator.
    package let client: CoordinatorClient
    /// Its witnessing of the coordinator's log.
    package let witness: CoordinatorWitness
    /// Where events go.
    package let emit: @Sendable (AgentEvent) -> Void

    /// Joins the parts.
    package init(
        folder: SiteFolder,
        store: SiteStore,
        profile: SiteProfile,
        enrolment: SiteEnrolment,
        client: CoordinatorClient,
        witness: CoordinatorWitness,
        emit: @escaping @Sendable (AgentEvent) -> Void
    ) {
        self.folder = folder
        self.store = store
        self.profile = profile
        self.enrolment = enrolment
        self.client = client
        self.witness = witness
        self.emit = emit
    }

    /// A plan the site has, parsed.
    ///
    /// - Throws: ``AgentError`` if the site does not have it.
    func plan(_ digest: SHA256Digest) async throws -> Plan {
        guard let bytes = try await store.plan(digest.rawValue) else {
            throw AgentError(.refusedByPolicy, "plan \(digest) was never shown to this site")
        }
        return try Plan.parse(json: bytes)
    }

    /// The plan if this site approved it; nil otherwise.
    static func approvedPlan(_ digest: SHA256Digest, in store: SiteStore) async throws -> Plan? {
        guard try await store.answer(toPlan: digest.rawValue)?.decision == "approved",
            let bytes = try await store.plan(digest.rawValue)
        else { return nil }
        return try Plan.parse(json: bytes)
    }

    /// The plan if this site approved it.
    ///
    /// - Throws: ``AgentError`` `refusedByPolicy` otherwise.
    func approvedPlan(_ digest: SHA256Digest) async throws -> Plan {
        guard let plan = try await Self.approvedPlan(digest, in: store) else {
            throw AgentError(
                .refusedByPolicy,
                "plan \(digest) is not approved at this site",
                hint: "look at it with `fedagent plan show \(digest)`"
            )
        }
        return plan
    }

    /// The cohort frozen last, or what the intake found if none is frozen yet.
    func cohort() async throws -> (version: Int?, fingerprint: String, rows: [ExamRow]) {
        try await CohortRegister(store: store, folder: folder).current()
    }

    /// The exams that a plan's split gives to training or to the test, ascending by id.
    ///
    /// See ``PatientSplit``: a patient stays on the side once given.
    func exams(_ split: Split, of plan: Plan) async throws -> [ExamRow] {
        let rules = plan.cohort
        let rows = try await cohort().rows.filter { row in
            try !rules.requireMasks || ExamRecord(of: row).hasReference
        }
        let sides = try await PatientSplit(
            store: store,
            seed: rules.splitSeed,
            testFraction: rules.splitTestFraction
        ).sides(of: rows.map(\.patient))
        return rows.filter { sides[$0.patient] == split }
    }

    /// What became of the site's files, after disclosure control.
    func intakeCounts(for plan: Plan) async throws -> IntakeCounts {
        let training = try await exams(.train, of: plan)
        let test = try await exams(.test, of: plan)
        let quarantined = try await store.quarantineCounts()
        return IntakeCounts.report(
            accepted: (training + test).reduce(0) { $0 + $1.slices },
            quarantined: Dictionary(
                quarantined.map { ($0.reason, $0.files) },
                uniquingKeysWith: +
            ),
            trainingExams: training.count,
            testExams: test.count,
            policy: profile.disclosure.policy
        )
    }
}
