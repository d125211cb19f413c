import AuditLog
import AuditedDatabase
import Foundation
import GRDB
import SiteStore

/// A clock that stands still.
struct TestClock: AuditClock {
    func stamp() -> AuditStamp {
        AuditStamp(
            milliseconds: 1_790_000_000_000,
            boot: "00000000000000aa",
            monotonicMilliseconds: 5
        )
    }
}

/// A site's database in a folder of its own.
final class Fixture {
    let folder: URL
    let file: URL
    let store: SiteStore
    let plan = String(repeating: "a", count: 64)
    let delta = String(repeating: "b", count: 64)

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
        file = folder.appending(path: "site.sqlite")
        store = try SiteStore(at: file, secret: Self.secret, clock: TestClock())
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func exam(_ uid: String) -> ExamRow {
        ExamRow(
            studyUID: uid,
            patient: "pseudonym",
            seriesUID: uid + ".1",
            manufacturer: "ACME",
            model: "CT",
            thicknessMM: 5,
            slices: 30,
            record: "{}"
        )
    }

    func egress(_ kind: String) -> EgressRecord {
        EgressRecord(
            at: Date(timeIntervalSince1970: 1_790_000_000),
            kind: kind,
            bytes: 12,
            sha256: delta,
            recipient: "[::1]:8443",
            plan: plan
        )
    }

    func answer(_ decision: String) -> PlanAnswerRow {
        PlanAnswerRow(
            sha256: plan,
            decision: decision,
            decidedBy: "policy",
            reason: "in words, freely",
            answeredMilliseconds: 1
        )
    }

    /// Runs SQL on the file from outside, as an intruder would.
    func outside(_ sql: String) throws {
        let queue = try DatabaseQueue(path: file.path)
        try queue.write { try $0.execute(sql: sql) }
    }

    /// A round trained but not sent.
    var round: RoundRow {
        RoundRow(
            run: "run-1",
            number: 1,
            plan: plan,
            deltaSHA256: delta,
            examples: 100,
            meanLoss: 0.5,
            seconds: 3
        )
    }

    /// The records of the audit log, oldest first.
    func records() async throws -> [AuditRecord] {
        try await store.auditRecords()
    }

    /// The acts of the audit log, oldest first.
    func acts() async throws -> [AuditAct] { try await records().map(\.entry.act) }
}
