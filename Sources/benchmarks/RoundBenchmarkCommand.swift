import ArgumentParser
import CanonicalJSON

/// `benchmarks round`.
struct RoundBenchmarkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "round",
        abstract: "A whole round without training: real processes, real mTLS, files on disk."
    )

    @Option(help: "Sites, each a process of its own.") var sites = 2
    @Option(help: "Size of the model in million bytes.") var modelMB = 100.0
    @Option(help: "Rounds; the median is the result.") var rounds = 3
    @Flag(help: "Write one JSON object.") var json = false

    func validate() throws {
        guard (1...1000).contains(sites), modelMB > 0, rounds >= 1 else {
            throw ValidationError("--sites is 1 to 1000, --model-mb above 0, --rounds at least 1")
        }
    }

    func run() async throws {
        let result = try await RoundBenchmark(sites: sites, modelMB: modelMB, rounds: rounds).run()
        if json {
            print(String(decoding: try CanonicalEncoder().encode(result), as: UTF8.self))
        } else {
            print(
                "\(sites) sites x \(modelMB) MB: \(result.secondsPerRound) s a round,"
                    + " coordinator \(result.coordinatorPeakMiB) MiB,"
                    + " \(result.coordinatorCPUSeconds) CPU-s a round"
            )
        }
    }
}
