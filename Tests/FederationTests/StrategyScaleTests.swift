import Federation
import Foundation
import Tensors
import Testing

/// Time and peak memory of the rules on large files; asked for by `FEDERATION_MODEL_MB`.
@Suite struct StrategyScaleTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let megabytes = environment["FEDERATION_MODEL_MB"].flatMap(Int.init) ?? 0
    private static let sites = environment["FEDERATION_SITES"].flatMap(Int.init) ?? 7

    private static func peakMiB() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
        return (line.split(separator: " ").dropLast().last.flatMap { Int($0) } ?? 0) / 1024
    }

    private static func forgetPeak() {
        try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
    }

    private func write(_ name: String, _ folder: TemporaryFolder, _ seed: UInt64) throws -> URL {
        let url = folder.url.appending(path: name)
        let count = Self.megabytes << 18
        let header = try SafetensorsHeader(float32Tensors: [(name: "w", shape: [count])])
        let writer = try SafetensorsWriter(header: header, to: url)
        var generator = SeededGenerator(seed: seed)
        var block = [Float](repeating: 0, count: 1 << 16)
        for _ in 0..<count >> 16 {
            for index in block.indices { block[index] = Float(generator.nextUniform()) - 0.5 }
            try writer.append(block)
        }
        try writer.finish()
        return url
    }

    @Test(.enabled(if: megabytes > 0, "set FEDERATION_MODEL_MB"))
    func `memory stays bounded whatever the model and the number of sites`() throws {
        let folder = try TemporaryFolder()
        let global = try write("global", folder, 0)
        let updates = try (0..<Self.sites).map { index in
            WeightedUpdate(
                site: site("s\(100 + index)"),
                file: try write("u\(index)", folder, UInt64(index + 1)),
                weight: 1
            )
        }
        let rules: [(String, any AggregationStrategy)] = [
            ("fedavg", FedAvg()), ("fedbn", FedBN(privateTensors: .none)),
            ("fedadam", FedAdam(ServerOptimizer(kind: .adam, learningRate: 0.1))),
            ("normClippedMean", NormClippedMean(clipNorm: 1)), ("median", CoordinateMedian()),
            ("trimmedMean", TrimmedMean(trimEachSide: 1)), ("geometricMedian", GeometricMedian()),
            ("krum", Krum(byzantineSites: 1)), ("bulyan", Bulyan(byzantineSites: 1)),
        ]
        for (name, rule) in rules {
            Self.forgetPeak()
            let before = Self.peakMiB()
            let start = ContinuousClock.now
            let result = folder.url.appending(path: "result")
            _ = try rule.aggregate(updates, onto: global, writing: result)
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            let peak = Self.peakMiB()
            print(
                "\(name): \(Self.sites) × \(Self.megabytes) MiB in \(seconds) s, "
                    + "peak \(peak) MiB (\(before) before)"
            )
            #expect(peak - before < 256)
        }
    }
}
