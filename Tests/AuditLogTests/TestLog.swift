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
            on: AuditObject("update", "run/\(number)", sha256: LeafHash.of([UInt8(number)])),
            study: "run",
            round: number
        )
    }

    static func leaves(_ count: Int) throws -> [StoredAuditLeaf] {
        var chain = AuditChain(log: "coordinator")
        return try (0..<count).map { try chain.append(entry($0), at: stamp($0)) }
    }
}
