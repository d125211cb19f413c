import AuditLog

/// A small log for tests, made with fixed times.
enum TestLog {
    static func stamp(_ number: Int, boot: String = "00000000000000aa") -> AuditStamp {
        AuditStamp(
            milliseconds: 1_790_000_000_000 + Int64(number) * 10,
            boot: boot,
            monotonicMilliseconds: Int64(number) * 10
        )
    }

    static func entry(_ number: Int) -> AuditEntry {
        AuditEntry(
            .roundUpdateAccept,
            by: AuditActor(.site, "site-\(number % 3)"),
            on: AuditObject(
                "update",
                "run/\(number)",
                sha256: MerkleHash.leaf([UInt8(number)]).hex
            ),
            study: "run",
            round: number
        )
    }

    /// The leaves of a log of these entries, each ten milliseconds after the one before.
    static func leaves(
        of entries: [AuditEntry],
        named log: String = "fed/log"
    ) throws -> [[UInt8]] {
        var end = LogEnd.empty
        return try entries.enumerated().map { number, entry in
            try end.append(entry, to: log, at: stamp(number)).leaf
        }
    }
}
