import ArgumentParser
import CanonicalJSON
import Federation
import Foundation
import Tensors

/// Times FedAvg over files: `benchmarks aggregate`.
struct AggregateBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "aggregate",
        abstract: "FedAvg over the files of N updates, from the page cache."
    )

    /// What was measured.
    struct Result: Encodable {
        let sites: Int
        let modelMB: Double
        /// The median time from the first byte read to the new model durable on disk.
        let seconds: Double
        /// Bytes of updates and global model read, per second, in 10^9.
        let gigabytesPerSecond: Double
        /// The process's greatest resident memory.
        let peakMiB: Double

        private enum CodingKeys: String, CodingKey {
            case sites, seconds
            case modelMB = "model_mb"
            case gigabytesPerSecond = "gb_per_second"
            case peakMiB = "peak_mib"
        }
    }

    @Option(help: "Updates.") var sites = 4
    @Option(help: "Size of the model in million bytes.") var modelMB = 100.0
    @Option(help: "Repeats; the median is the result.") var repeats = 5
    @Flag(help: "Write one JSON object.") var json = false

    func validate() throws {
        guard (1...1000).contains(sites), modelMB > 0, repeats >= 1 else {
            throw ValidationError("--sites is 1 to 1000, --model-mb above 0, --repeats at least 1")
        }
    }

    func run() throws {
        let result = try measure()
        if json {
            print(String(decoding: try CanonicalEncoder().encode(result), as: UTF8.self))
        } else {
            print(
                "\(sites) x \(modelMB) MB: \(result.seconds) s, \(result.gigabytesPerSecond) GB/s,"
                    + " peak \(result.peakMiB) MiB"
            )
        }
    }

    private func measure() throws -> Result {
        let root = FileManager.default.temporaryDirectory.appending(
            path: "aggregate-benchmark-\(UUID())"
        )
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: root) }
        let model = try BenchmarkModel(megabytes: modelMB)
        let global = root.appending(path: "global")
        _ = try model.write(to: global, seed: 0)
        let updates = try (1...sites).map { number in
            // Ids of equal length, so that they ascend with the number.
            let site = try SiteID(validating: "site-\(10_000 + number)")
            let file = root.appending(path: site.rawValue)
            _ = try model.write(to: file, seed: UInt64(number))
            return WeightedUpdate(site: site, file: file, weight: Double(number))
        }
        var seconds: [Double] = []
        for _ in 0..<repeats {
            let start = ContinuousClock.now
            _ = try FedAvg().aggregate(
                updates,
                onto: global,
                writing: root.appending(path: "result")
            )
            seconds.append((ContinuousClock.now - start) / .seconds(1))
        }
        let median = seconds.sorted()[repeats / 2]
        let bytes = (sites + 1) * (model.header.headerBytes + model.header.dataBytes)
        return Result(
            sites: sites,
            modelMB: modelMB,
            seconds: median,
            gigabytesPerSecond: Double(bytes) / median / 1e9,
            peakMiB: try ProcessFigures.own().peakMiB
        )
    }
}
