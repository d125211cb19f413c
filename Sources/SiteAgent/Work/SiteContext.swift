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
    /// When it works, and how fast it sends.
    package let schedule: SiteSchedule
    /// Its witnessing of the coordinator's log.
    package let witness: CoordinatorWitness
    /// At most this much training is lost in a crash.
    package let checkpointInterval: Duration
    /// Where events go.
    package let emit: @Sendable (AgentEvent) -> Void

    private let notedPolicy = LastValue<String>()

    /// Joins the parts.
    package init(
        folder: SiteFolder,
        store: SiteStore,
        profile: SiteProfile,
        enrolment: SiteEnrolment,
        client: CoordinatorClient,
        schedule: SiteSchedule = .unlimited,
        witness: CoordinatorWitness,
        checkpointInterval: Duration = .seconds(10),
        emit: @escaping @Sendable (AgentEvent) -> Void
    ) {
        self.folder = folder
        self.store = store
        self.profile = profile
        self.enrolment = enrolment
        self.client = client
        self.schedule = schedule
        self.witness = witness
        self.checkpointInterval = checkpointInterval
        self.emit = emit
    }

    /// Between two attempts to reach a coordinator that is away; each attempt already repeats itself.
    private static let absence = Backoff(base: .milliseconds(250), maximum: .seconds(2))

    /// Does something for the federation, once; what fails for a reason that passes is tried again.
    ///
    /// - Returns: whether it was done; after a failure, when it is time to try again.
    /// - Throws: ``AgentError`` `refused-by-policy` or `bad-configuration`, and what the site's own
    ///   database throws: those do not pass.
    func attempt(_ body: () async throws -> Void) async throws -> Bool {
        do {
            try await body()
            return true
        } catch let error as AgentError
            where error.code != .refusedByPolicy && error.code != .badConfiguration
        {
            emit(.waiting(for: "the coordinator: \(error.message)"))
            try await Task.sleep(for: Self.absence.delay(attempt: 4))
            return false
        }
    }

    /// What may leave, as the file says now; a file that changed is noted in the audit log.
    ///
    /// - Throws: ``AgentError`` `bad-configuration` if it cannot be read: then nothing may.
    func policy() async throws -> SitePolicy {
        let policy = try SitePolicy.read(from: folder.policy)
        let digest = try SitePolicy.digest(in: folder)
        guard notedPolicy.exchange(digest) != digest else { return policy }
        try await store.notePolicy(sha256: digest)
        return policy
    }

    /// The disclosure control in force.
    func disclosure() throws -> DisclosurePolicy {
        try SitePolicy.read(from: folder.policy).disclosure(with: profile)
    }

    /// What the policy has against work on one more round of a plan, or on its scoring.
    func objection(to plan: Plan, rounds: Int) async throws -> PolicyObjection? {
        try await policy().objections(
            to: plan,
            trainingExams: try await exams(.train, of: plan).count,
            roundsGiven: try await store.roundsGiven(plan: plan.sha256.rawValue),
            roundsAsked: rounds
        ).first
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
    @inline(never)
    static func approvedPlan(_ digest: SHA256Digest, in store: SiteStore) async throws -> Plan? {
        guard try await store.answer(toPlan: digest.rawValue)?.decision == "approved" else {
            return nil
        }
        return try await store.plan(digest.rawValue).map { try parsed($0) }
    }

    /// Inlined into an asynchronous function this crashes the optimizer of Swift 6.3.1.
    @inline(never)
    private static func parsed(_ bytes: [UInt8]) throws -> Plan { try Plan.parse(json: bytes) }

    /// The plan if this site approved it.
    ///
    /// - Throws: ``AgentError`` `refusedByPolicy` otherwise.
    func approvedPlan(_ digest: SHA256Digest) async throws -> Plan {
        guard try await store.answer(toPlan: digest.rawValue)?.decision == "approved" else {
            throw AgentError(
                .refusedByPolicy,
                "plan \(digest) is not approved at this site",
                hint: "look at it with `fedagent plan show \(digest)`"
            )
        }
        return try await plan(digest)
    }

    /// The cohort frozen last, or what the intake found if none is frozen yet.
    func cohort() async throws -> (version: Int?, fingerprint: String, rows: [ExamRow]) {
        try await CohortRegister(store: store, folder: folder).current()
    }

    /// The exams that a plan's split gives to training or to the test, ascending by id.
    ///
    /// See ``PatientSplit``: a patient stays on the side once given.
    func exams(_ split: Split, of plan: Plan) async throws -> [ExamRow] {
        try await Self.exams(split, of: plan, among: try await cohort().rows, store)
    }

    /// The exams of a cohort that a plan's split gives to training or to the test.
    static func exams(
        _ split: Split,
        of plan: Plan,
        among cohort: [ExamRow],
        _ store: SiteStore
    ) async throws -> [ExamRow] {
        let rules = plan.cohort
        let rows = try cohort.filter { row in
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
            policy: try disclosure()
        )
    }
}
