import Federation
import SiteAgent
import SiteStore

/// The plan an admin means by some first digits of its SHA-256.
struct PlanChoice {
    let digest: String
    let plan: Plan
    private let store: SiteStore
    private let folder: SiteFolder

    /// - Throws: ``AgentError`` `bad-input` if no plan, or more than one, begins so.
    init(_ prefix: String?, _ options: SiteOptions) async throws {
        store = try options.store()
        folder = options.folder
        let digests = try await store.planDigests()
        let candidates: [String]
        if let prefix {
            candidates = digests.filter { $0.hasPrefix(prefix.lowercased()) }
        } else {
            var waiting: [String] = []
            for digest in digests where try await store.answer(toPlan: digest) == nil {
                waiting.append(digest)
            }
            candidates = Array((waiting.isEmpty ? digests : waiting).suffix(1))
        }
        guard let digest = candidates.first, let document = try await store.plan(digest) else {
            throw AgentError(
                .badInput,
                prefix.map { "this site has no plan that begins with \($0)" }
                    ?? "this site has received no plan",
                hint: digests.isEmpty
                    ? "`fedagent serve` fetches plans" : "`fedagent plan list` lists them"
            )
        }
        guard candidates.count == 1 else {
            throw AgentError(
                .badInput,
                "\(candidates.count) plans begin with \(prefix ?? "")",
                hint: "give more digits: "
                    + candidates.map { String($0.prefix(16)) }.joined(separator: ", ")
            )
        }
        self.digest = digest
        plan = try Plan.parse(json: document)
    }

    /// The plan in words, the site's answer, and the difference to the plan approved last.
    func page() async throws -> String {
        var parts = [PlanSummary(plan).text]
        if let before = try await lastApproved() {
            let changes = PlanDiff(from: before, to: plan).text
            parts.append(
                changes.isEmpty
                    ? "The same as the plan approved last (\(before.name))."
                    : "Changed since the plan approved last (\(before.name)):\n\(changes)"
            )
        }
        let objections = try await PolicyPage(of: folder, store).objections(to: plan)
        parts.append(
            objections.isEmpty
                ? "policy.yaml has nothing against it."
                : "policy.yaml does not allow it:\n"
                    + objections.map { "  - \($0.atSite)" }.joined(separator: "\n")
        )
        let answer = try await store.answer(toPlan: digest)
        let words = answer.map { answer in
            "This site \(answer.decision) it (\(answer.decidedBy)), "
                + Terminal.time(answer.answeredMilliseconds)
                + (answer.reason.isEmpty ? "." : ": \(answer.reason)")
        }
        parts.append(
            words
                ?? "Nobody decided yet: `fedagent plan approve \(digest.prefix(12))` or"
                + " `fedagent plan decline \(digest.prefix(12)) --reason ...`"
        )
        return parts.joined(separator: "\n")
    }

    /// Makes sure that the site's policy allows the plan.
    ///
    /// - Throws: ``AgentError`` `refused-by-policy` with what stands against it.
    func requirePolicy() async throws {
        let objections = try await PolicyPage(of: folder, store).objections(to: plan)
        guard !objections.isEmpty else { return }
        throw AgentError(
            .refusedByPolicy,
            "policy.yaml does not allow plan \(plan.name): "
                + objections.map(\.atSite).joined(separator: "; "),
            hint: "decline the plan, or change the policy if it is yours to change"
        )
    }

    private func lastApproved() async throws -> Plan? {
        for other in try await store.planDigests().reversed() where other != digest {
            guard try await store.answer(toPlan: other)?.decision == "approved" else { continue }
            return try await store.plan(other).map { try Plan.parse(json: $0) }
        }
        return nil
    }
}
