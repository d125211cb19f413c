import AuditLog
import AuditedDatabase
import CoordinatorServer
import CoordinatorStore
import Federation
import Foundation
import SiteAgent
import SiteStore

/// What must be so after every play, read from the databases and folders that are left.
struct MatrixChecks {
    let template: Template
    let folder: URL

    private var coordinator: CoordinatorFolder { Template.coordinator(folder) }

    private func store() throws -> CoordinatorStore {
        try FederationOperator(folder: coordinator).store
    }

    /// The digest of the final model.
    func model() async throws -> String {
        try await store().report(of: template.run).model ?? "none"
    }

    /// Everything that is not as it must be.
    func problems() async throws -> [String] {
        var problems: [String] = []
        let store = try store()
        let report = try await store.report(of: template.run)
        problems += try await Self.audit(store, AuditKey.secret(of: coordinator))
        let acts = try await store.auditRecords().map(\.entry.act)
        let updates = template.plan.rounds * template.sites.count
        problems += try contributions(report)
        for (act, count) in [
            (AuditAct.roundUpdateAccept, updates), (.roundOpen, template.plan.rounds),
            (.modelPublish, template.plan.rounds), (.roundClose, template.plan.rounds),
            (.runComplete, 1), (.metricsAccept, template.sites.count),
        ] where acts.count(where: { $0 == act }) != count {
            let found = acts.count { $0 == act }
            problems.append("\(found) audit records of \(act.rawValue) instead of \(count)")
        }
        problems += try leftovers(report)
        for site in template.sites { problems += try await self.site(site, report) }
        return problems
    }

    /// The log verifies where it lies.
    private static func audit(
        _ store: some AuditedStore,
        _ secret: AuditSecret
    ) async throws -> [String] {
        let key = try secret.logSigner(named: store.auditLog).key
        let verdict = try await store.verifyAudit(by: BundleVerifier(trust: TrustedKeys([key])))
        let isGood = verdict.outcome == .good || verdict.outcome == .incomplete
        return isGood ? [] : ["the audit log of \(store.auditLog): \(verdict.text)"]
    }

    /// Every site counted once in every round, with the update that the roll-call names.
    private func contributions(_ report: RunReport) throws -> [String] {
        var problems: [String] = []
        if report.rounds.count != template.plan.rounds { problems.append("rounds are missing") }
        if report.metrics.keys.sorted() != template.sites { problems.append("scores are missing") }
        for round in report.rounds {
            if round.contributions.keys.sorted() != template.sites {
                problems.append("round \(round.number) counts \(round.contributions.keys.sorted())")
            }
            let counted = try round.decodedRollCall()?.contributions.map(\.site.rawValue) ?? []
            if counted != template.sites {
                problems.append("the roll-call of round \(round.number) has \(counted)")
            }
        }
        return problems
    }

    private func leftovers(_ report: RunReport) throws -> [String] {
        let kept = Set(
            [report.model, report.rounds.first?.startModel].compactMap { $0 }
                .map { $0 + ".safetensors" } + ["quarantine", "spare"]
        )
        let names = try FileManager.default.contentsOfDirectory(atPath: coordinator.blobs.path)
        return names.sorted().filter { !kept.contains($0) }.map { "blobs/\($0) was left behind" }
    }

    /// The site trained every round once, was answered every time, and has nothing left to send.
    private func site(_ name: String, _ report: RunReport) async throws -> [String] {
        var problems: [String] = []
        let folder = SiteFolder(Template.site(name, folder))
        let store = try SiteStore(at: folder.database)
        problems += try await Self.audit(store, SiteAudit.secret(of: folder))
        let records = try await store.auditRecords().map(\.entry)
        for number in 1...template.plan.rounds {
            let trained = records.count { $0.act == .trainingFinish && $0.round == number }
            if trained != 1 { problems.append("\(name) trained round \(number) \(trained) times") }
        }
        let rows = try await store.rounds()
        if rows.map(\.outcome) != rows.map({ _ in "accepted" }) || rows.count != report.rounds.count
        {
            problems.append("\(name) was answered \(rows.map { $0.outcome ?? "nothing" })")
        }
        for row in rows {
            let round = report.rounds.first { $0.number == row.number }
            if round?.contributions[name]?.contains(row.deltaSHA256) != true {
                problems.append("the accepted update of \(name) in \(row.number) is not counted")
            }
        }
        let last = try await store.trainingState(.private, run: template.run.rawValue, before: .max)
        let kept = try FileManager.default.contentsOfDirectory(atPath: folder.trainingState.path)
        if last?.number != template.plan.rounds || kept != ["\(last?.sha256 ?? "").safetensors"] {
            problems.append("\(name) keeps \(kept) of its rounds")
        }
        let waiting = try FileManager.default.contentsOfDirectory(atPath: folder.outbox.path)
        return problems + waiting.map { "outbox/\($0) of \(name) was left behind" }
    }
}
