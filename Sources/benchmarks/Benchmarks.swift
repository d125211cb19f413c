import ArgumentParser
import CanonicalJSON
import ConfinedDecoding
import NeuralNetwork

/// Measures what performance claims are made from.
@main
struct Benchmarks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmarks",
        abstract: "Measures what performance claims are made from.",
        subcommands: [
            Train.self, AuditBenchmark.self, DecodeCommand.self, DeidentifyCommand.self,
            AggregateBenchmark.self, CompressionBenchmark.self,
            RoundBenchmarkCommand.self, IdleBenchmark.self, TransferBenchmark.self,
            BenchmarkAgents.self, BenchmarkCoordinator.self,
        ]
    )

    /// Serves as pixel decoder if started as one.
    static func main() async {
        FrameDecodingService.runIfAsked()
        await main(nil)
    }

    /// `benchmarks train`.
    struct Train: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The median of whole training steps: forward, loss, backward, update."
        )

        @Option(help: "m1, m2 or hybrid.") var model: String
        @Option(help: "fp32 or bf16.") var precision = "fp32"
        @Option(help: "Worker threads.") var threads = 2
        @Option(help: "Timed steps.") var steps = 7
        @Flag(help: "Write one JSON object.") var json = false

        func run() throws {
            guard let model = TrainBenchmark.Model(rawValue: model) else {
                throw ValidationError("--model is m1, m2 or hybrid")
            }
            let precisions: [String: Precision] = ["fp32": .float32, "bf16": .bfloat16]
            guard let precision = precisions[precision] else {
                throw ValidationError("--precision is fp32 or bf16")
            }
            let result = try TrainBenchmark(
                model: model,
                precision: precision,
                threads: threads,
                steps: steps
            ).run()
            if json {
                print(String(decoding: try CanonicalEncoder().encode(result), as: UTF8.self))
            } else {
                print(
                    "\(result.model) \(result.precision): median \(result.medianMS) ms,"
                        + " peak \(result.peakMiB) MiB, \(result.threads) threads"
                )
            }
        }
    }
}
