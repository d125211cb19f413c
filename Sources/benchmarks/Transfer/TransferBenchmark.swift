import ArgumentParser
import CanonicalJSON
import CoordinatorServer
import Foundation

/// `benchmarks transfer`.
struct TransferBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "transfer",
        abstract: "Transfers beside a bare TLS stream, signed requests beside plain ones.",
        discussion: """
            The bare stream is swift-nio-ssl alone: 256 KiB at a time from memory, nothing hashed, \
            nothing written. A transfer is one site's of a model in parts over 3 connections, with all \
            that makes it a promise: a digest of each part and of the whole, files, and for updates \
            the sync to the disk. The stream is measured before and after the transfers.

              benchmarks transfer --model-mb 256
            """
    )

    /// What was measured.
    struct Result: Encodable {
        let modelMB: Double
        /// Million bytes a second of the bare stream.
        let streamMBPerSecond: Double
        let fetchMBPerSecond: Double
        let uploadMBPerSecond: Double
        /// What is left of the bare stream's rate.
        let fetchRatio: Double
        let uploadRatio: Double
        let signatures: SignatureCost.Result

        private enum CodingKeys: String, CodingKey {
            case signatures
            case modelMB = "model_mb"
            case streamMBPerSecond = "stream_mb_per_second"
            case fetchMBPerSecond = "fetch_mb_per_second"
            case uploadMBPerSecond = "upload_mb_per_second"
            case fetchRatio = "fetch_ratio"
            case uploadRatio = "upload_ratio"
        }
    }

    @Option(help: "Size of the model in million bytes.") var modelMB = 256.0
    @Option(help: "Repeats; the medians are the result.") var repeats = 5
    @Flag(help: "Write one JSON object.") var json = false

    func validate() throws {
        guard modelMB >= 1, repeats >= 1 else {
            throw ValidationError("--model-mb and --repeats are at least 1")
        }
    }

    func run() async throws {
        let result = try await measure()
        if json {
            return print(String(decoding: try CanonicalEncoder().encode(result), as: UTF8.self))
        }
        print(
            """
            bare TLS stream \(result.streamMBPerSecond) MB/s
            model to a site \(result.fetchMBPerSecond) MB/s, ratio \(result.fetchRatio)
            update from a site \(result.uploadMBPerSecond) MB/s, ratio \(result.uploadRatio)
            a signed request takes \(result.signatures.requestRatio) times as long as a plain one \
            (\(result.signatures.signedMicroseconds) against \
            \(result.signatures.plainMicroseconds) us), a signed part of 8 MiB \
            \(result.signatures.partRatio) times
            """
        )
    }

    private func measure() async throws -> Result {
        let root = FileManager.default.temporaryDirectory.appending(
            path: "transfer-benchmark-\(UUID())"
        )
        defer { try? FileManager.default.removeItem(at: root) }
        let parties = try BenchmarkTLS(folder: CoordinatorFolder(root))
        let stream = BareStream(parties: parties, bytes: Int(modelMB * 1e6))
        var rates: [Double] = []
        for _ in 0..<repeats { rates.append(try await stream.megabytesPerSecond()) }
        let transfers = try await RoundBenchmark(
            sites: 1,
            processes: 1,
            modelMB: modelMB,
            rounds: max(5, repeats)
        ).run()
        for _ in 0..<repeats { rates.append(try await stream.megabytesPerSecond()) }
        let rate = rates.sorted()[repeats]
        return Result(
            modelMB: modelMB,
            streamMBPerSecond: rate,
            fetchMBPerSecond: transfers.fetchMBPerSecond,
            uploadMBPerSecond: transfers.uploadMBPerSecond,
            fetchRatio: transfers.fetchMBPerSecond / rate,
            uploadRatio: transfers.uploadMBPerSecond / rate,
            signatures: try await SignatureCost(parties: parties).measure()
        )
    }
}
