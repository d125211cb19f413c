import AuditLog

/// A record of every act, with every field that a record can have.
enum AuditExamples {
    static func records() throws -> [AuditRecord] {
        let digest = String(repeating: "ab", count: 32)
        var end = LogEnd.empty
        return try AuditAct.allCases.enumerated().map { number, act in
            let outcome = AuditOutcome.allCases[number % 4]
            let entry = AuditEntry(
                act,
                by: AuditActor(.site, "site-a", certificate: digest),
                on: AuditObject("update", "run/1/site-a", sha256: digest),
                outcome: outcome,
                study: "run-1",
                round: number,
                correlation: "request/7",
                reason: "non-finite",
                old: "before",
                new: "after+/=".replacing("=", with: ""),
                count: number,
                sighting: AuditSighting(Checkpoint(origin: "coordinator", size: 9, root: .empty))
            )
            let stamp = AuditStamp(
                milliseconds: 1_790_000_000_007 + Int64(number),
                boot: "00000000000000aa",
                monotonicMilliseconds: Int64(number)
            )
            let leaf = try end.append(entry, to: "site/0011223344556677", at: stamp).leaf
            return try AuditRecord(leaf: leaf)
        }
    }
}
