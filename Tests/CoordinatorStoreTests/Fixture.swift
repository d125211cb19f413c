import AuditLog
import AuditedDatabase
import CoordinatorStore
import Federation
import Foundation
import GRDB

/// A clock that moves one millisecond a stamp.
final class TestClock: AuditClock {
    func stamp() -> AuditStamp {
        AuditStamp(
            milliseconds: 1_790_000_000_000,
            boot: "00000000000000aa",
            monotonicMilliseconds: 5
        )
    }
}

/// A coordinator's database in a folder of its own.
final class Fixture {
    let folder: URL
    let file: URL
    let store: CoordinatorStore
    let now = Date(timeIntervalSince1970: 1_790_000_000)

    let a = site("a"), b = site("b"), c = site("c")
    let run = identifier("run-1", RunID.init(rawValue:))
    let document = Array(#"{"plan":1}"#.utf8)
    let model = digest("model")

    static let secret = AuditSecret.generate()

    /// What the log shows where it lies.
    func verdict(seen: [SignedNote] = []) async throws -> BundleVerdict {
        let key = try Self.secret.logSigner(named: store.auditLog).key
        return try await store.verifyAudit(
            by: BundleVerifier(trust: TrustedKeys([key]), seen: seen)
        )
    }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        file = folder.appending(path: "coordinator.sqlite")
        store = try CoordinatorStore(at: file, secret: Self.secret, clock: TestClock())
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var plan: SHA256Digest { SHA256Digest(hashing: document) }

    /// Invites and enrols a site under the certificate of its name.
    func enrol(_ site: SiteID) async throws {
        try await store.createInvite(
            site: site,
            name: "Hospital \(site)",
            tokenHash: token(site),
            expires: now.addingTimeInterval(60)
        )
        try await admit(site, token: token(site), certificate: certificate(site))
    }

    /// Lets a site apply with a token, approves it, and registers its certificate.
    func admit(
        _ site: SiteID,
        token: String,
        certificate: String,
        softwareVersion: String = "1"
    ) async throws {
        let application = application(token, softwareVersion: softwareVersion)
        _ = try await store.apply(application, approvalsRequired: 1, at: now)
        _ = try await store.approve(
            CertificateHolder(.site, site.rawValue),
            keySHA256: application.keySHA256,
            by: "operator"
        )
        let outcome = try await store.apply(application, approvalsRequired: 1, at: now)
        guard case .approved(_, let id) = outcome else { return }
        try await store.register(
            record(certificate, key: application.keySHA256),
            for: id
        )
    }

    /// An application on a token, with a key of its own.
    func application(
        _ token: String,
        key: String = "key",
        softwareVersion: String = "1"
    ) -> CertificateApplication {
        CertificateApplication(
            ground: .invite(tokenHash: token),
            keySHA256: digest("\(key)-\(token)").rawValue,
            request: "request",
            softwareVersion: softwareVersion
        )
    }

    /// A certificate that is valid for an hour.
    func record(_ fingerprint: String, key: String) -> CertificateRecord {
        CertificateRecord(
            fingerprint: fingerprint,
            keySHA256: key,
            chain: "chain",
            notValidAfter: now.addingTimeInterval(3600)
        )
    }

    /// How a certificate stands now, or after some seconds.
    func standing(
        _ fingerprint: String,
        after seconds: Double = 0
    ) async throws -> CertificateStanding {
        try await store.standing(
            ofCertificate: fingerprint,
            at: now.addingTimeInterval(seconds)
        )
    }

    /// Three sites, a plan that two of them approved, a run, its first round open.
    func open() async throws {
        for site in [a, b, c] { try await enrol(site) }
        try await store.submitPlan(plan, name: "demo", document: document, initialModel: model)
        for (site, decision) in [(a, "approved"), (b, "approved"), (c, "declined")] {
            try await store.recordApproval(
                run,
                plan: plan,
                site: site,
                decision: decision,
                decidedBy: "policy",
                reason: decision == "declined" ? "our policy, in words" : "",
                exams: 10,
                positiveExams: site == b ? nil : 2
            )
        }
        try await store.createRun(run, plan: plan, sites: [b, a, c])
        try await store.record([.takenUp], of: run)
        try await store.openRound(run, .first, model: model)
    }

    func token(_ site: SiteID) -> String { digest("token-\(site)").rawValue }

    func certificate(_ site: SiteID) -> String { digest("certificate-\(site)").rawValue }

    /// Runs SQL on the file from outside, as an intruder would.
    func outside(_ sql: String) throws {
        let queue = try DatabaseQueue(path: file.path)
        try queue.write { try $0.execute(sql: sql) }
    }

    var rollCall: RollCall {
        RollCall(entries: [
            RollCallEntry(
                share: SiteShare(site: a, exams: 10, positives: 2),
                outcome: .contributed(
                    Contribution(site: a, sha256: digest("delta-a"), examples: 5)
                )
            ),
            RollCallEntry(
                share: SiteShare(site: b, exams: 10),
                outcome: .failed(.rejected(.nonFinite))
            ),
        ])
    }
}

/// What the tests record, one record a call.
extension CoordinatorStore {
    func openRound(_ run: RunID, _ round: RoundNumber, model: SHA256Digest) async throws {
        try await record([.effect(.openRound(round, model: model))], of: run)
    }

    func recordModel(_ run: RunID, _ round: RoundNumber, model: SHA256Digest) async throws {
        try await record([.effect(.publishModel(round, model))], of: run)
    }

    func closeRound(_ run: RunID, _ round: RoundNumber, rollCall: RollCall) async throws {
        try await record([.effect(.closeRound(round, rollCall))], of: run)
    }

    func finishRun(_ run: RunID, model: SHA256Digest?, failure: String?) async throws {
        let ending: RunRecord =
            if let model {
                .effect(.complete(model: model, scores: RollCall(entries: [])))
            } else {
                .failed(failure ?? "")
            }
        try await record([ending], of: run)
    }

    @discardableResult
    func acceptContribution(
        _ run: RunID,
        _ round: RoundNumber,
        site: SiteID,
        _ sha256: SHA256Digest,
        document: String
    ) async throws -> RunRecord.Outcome? {
        try await record(
            [.accepted(round, site, sha256, bytes: nil, document: document, isLate: false)],
            of: run
        ).first
    }

    func rejectContribution(
        _ run: RunID,
        _ round: RoundNumber,
        site: SiteID,
        _ sha256: SHA256Digest,
        reason: String
    ) async throws {
        try await record([.rejected(round, site, sha256, reason: reason)], of: run)
    }

    func recordMetrics(
        _ run: RunID,
        site: SiteID,
        model: SHA256Digest,
        document: String
    ) async throws {
        try await record([.metrics(site, model: model, document: document)], of: run)
    }

    func recordApproval(
        _ run: RunID,
        plan: SHA256Digest,
        site: SiteID,
        decision: String,
        decidedBy: String,
        reason: String,
        exams: Int,
        positiveExams: Int?
    ) async throws {
        let answer = PlanAnswerRecord(
            plan: plan,
            site: site,
            decision: decision,
            decidedBy: decidedBy,
            reason: reason,
            exams: exams,
            positiveExams: positiveExams
        )
        try await record([.answer(answer)], of: run)
    }
}

func digest(_ text: String) -> SHA256Digest { SHA256Digest(hashing: Array(text.utf8)) }

func site(_ text: String) -> SiteID { identifier(text, SiteID.init(rawValue:)) }

func identifier<ID>(_ text: String, _ make: (String) -> ID?) -> ID {
    guard let id = make(text) else { preconditionFailure("bad id in a test") }
    return id
}
