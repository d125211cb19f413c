import AuditLog
import AuditedDatabase

extension SiteStore {
    /// Records that the site was made: its profile and each of its keys, by name, never by value.
    package func recordFounding(profileSHA256: String, keys: [String]) async throws {
        try await change { change in
            try change.audit(
                AuditEntry(
                    .siteCreate,
                    by: .siteAdmin,
                    on: AuditObject("profile", "site.yaml", sha256: profileSHA256)
                )
            )
            for key in keys {
                try change.audit(
                    AuditEntry(.keyCreate, by: .siteAdmin, on: AuditObject("key", key))
                )
            }
        }
    }

    /// Records the certificate that a federation gave this site.
    package func recordEnrolment(
        federation: String,
        siteID: String,
        certificateSHA256: String
    ) async throws {
        try await record(
            AuditEntry(
                .siteEnrol,
                by: .siteAdmin,
                on: AuditObject("site", siteID, sha256: certificateSHA256),
                study: federation
            )
        )
    }

    /// Records that the site's certificate was renewed.
    package func recordRenewal(siteID: String, old: String, new: String) async throws {
        try await record(
            AuditEntry(
                .certificateRenew,
                by: .agent,
                on: AuditObject("site", siteID),
                old: old,
                new: new
            )
        )
    }

    /// Records that the site goes by another root from now on, both by the SHA-256 of their keys.
    package func recordRoot(adopted root: String, after old: String) async throws {
        try await record(
            AuditEntry(
                .rootRotate,
                by: .agent,
                on: AuditObject("root", "federation", sha256: root),
                old: old,
                new: root
            )
        )
    }

    /// Records that the site goes by a former root no more.
    package func recordRoot(retired root: String) async throws {
        try await record(
            AuditEntry(
                .rootRetire,
                by: .agent,
                on: AuditObject("root", "federation", sha256: root)
            )
        )
    }

    /// Records that the agent began or ended its service.
    package func recordService(isRunning: Bool, version: String) async throws {
        try await record(
            AuditEntry(
                isRunning ? .processStart : .processStop,
                by: .agent,
                on: AuditObject("agent", version)
            )
        )
    }

    /// Records that work on a round or its scoring failed, with the kind of failure.
    package func recordFailure(run: String, round: Int, kind: String) async throws {
        try await record(
            AuditEntry(
                .trainingFail,
                by: .agent,
                on: AuditObject("round", "\(run)/\(round)"),
                outcome: .seriousFailure,
                study: run,
                round: round,
                reason: kind
            )
        )
    }

    /// Records that the local-only baseline of a run is trained.
    package func recordBaseline(run: String, modelSHA256: String) async throws {
        try await record(
            AuditEntry(
                .baselineFinish,
                by: .agent,
                on: AuditObject("model", "local-only", sha256: modelSHA256),
                study: run
            )
        )
    }

    /// Records the profile in force if it is another one than recorded last.
    package func noteProfile(sha256: String) async throws {
        try await noteSettings("profile", "site.yaml", sha256)
    }

    /// Records the policy in force if it is another one than recorded last.
    package func notePolicy(sha256: String) async throws {
        try await noteSettings("egress-policy", "policy.yaml", sha256)
    }

    private func noteSettings(_ kind: String, _ file: String, _ sha256: String) async throws {
        try await change { change in
            let last = try change.lastAuditRecord(onKind: kind)?.entry.object?.sha256
            guard last != sha256 else { return }
            try change.audit(
                AuditEntry(
                    .settingsChange,
                    by: .siteAdmin,
                    on: AuditObject(kind, file, sha256: sha256),
                    old: last
                )
            )
        }
    }

    private func record(_ entry: AuditEntry) async throws {
        try await change { try $0.audit(entry) }
    }
}
