import ArgumentParser
import AuditLog
import CanonicalJSON
import Foundation

/// `benchmarks audit`.
struct AuditBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Verifies a signed bundle offline, as an auditor would.",
        discussion: """
            The bundle is a site's: a checkpoint every hundred records, each record a message that \
            left. The bar is 10 s for a million.
            """
    )

    struct Figures: Encodable {
        let records: Int
        let checkpoints: Int
        let bytes: Int
        let seconds: Double
        let recordsPerSecond: Double
    }

    @Option(help: "How many records.") var records = 1_000_000
    @Flag(help: "Write one JSON object.") var json = false

    func validate() throws {
        guard records > 0 else { throw ValidationError("--records takes a number from 1 on") }
    }

    func run() throws {
        let url = FileManager.default.temporaryDirectory
            .appending(path: "audit-benchmark-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: url) }
        let signer = try AuditSecret.generate().logSigner(named: "site/benchmark")
        let checkpoints = try write(to: url, by: signer)
        let start = ContinuousClock.now
        let verdict = BundleVerifier(trust: TrustedKeys([signer.key])).verify(url)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        guard verdict.outcome == .good, verdict.records == Int64(records) else {
            throw BenchmarkFailure("the bundle did not verify: \(verdict.text)")
        }
        let size = try url.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
        let figures = Figures(
            records: records,
            checkpoints: checkpoints,
            bytes: size,
            seconds: seconds,
            recordsPerSecond: Double(records) / seconds
        )
        if json {
            print(String(decoding: try CanonicalEncoder().encode(figures), as: UTF8.self))
        } else {
            print(
                "\(records) records, \(checkpoints) checkpoints, \(size / 1_000_000) MB: "
                    + String(format: "%.2f s, %.0f records/s", seconds, figures.recordsPerSecond)
            )
        }
    }

    private func write(to url: URL, by signer: NoteSigner) throws -> Int {
        var (end, frontier) = (LogEnd.empty, MerkleFrontier())
        var (notes, leaves): ([[UInt8]], [[UInt8]]) = ([], [])
        leaves.reserveCapacity(records)
        for number in 0..<records {
            let stored = try end.append(
                entry(number),
                to: signer.key.name,
                at: AuditStamp(
                    milliseconds: 1_790_000_000_000 + Int64(number),
                    boot: "00000000000000aa",
                    monotonicMilliseconds: Int64(number)
                )
            )
            leaves.append(stored.leaf)
            frontier.append(stored.hash)
            guard frontier.size % 100 == 0 || frontier.size == records else { continue }
            let checkpoint = Checkpoint(
                origin: signer.key.name,
                size: frontier.size,
                root: frontier.root
            )
            notes.append(try checkpoint.signed(by: signer).encoded)
        }
        var writer = try AuditBundle.Writer(to: url, log: signer.key.name, checkpoints: notes)
        for leaf in leaves { try writer.append(leaf) }
        try writer.finish()
        return notes.count
    }

    private func entry(_ number: Int) -> AuditEntry {
        AuditEntry(
            .egressSend,
            by: AuditActor(.site, "agent"),
            on: AuditObject(
                "egress",
                "progress/\(number)",
                sha256: MerkleHash.leaf([UInt8(truncatingIfNeeded: number)]).hex
            ),
            study: "run-0011223344556677",
            count: number
        )
    }
}
