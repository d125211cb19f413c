import ArgumentParser
import CanonicalJSON
import Federation

/// `benchmarks round`.
struct RoundBenchmarkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "round",
        abstract: "A whole round without training: real processes, real mTLS, files on disk.",
        discussion: """
            A round goes from its first assignment to the next round's: every site fetches the model \
            and uploads an update of its size, durably, and the coordinator checks, combines and \
            stores them. Files and memory are new in the first two rounds and used again in later \
            ones, so the median is that of the steady state from 5 rounds on.

              benchmarks round --sites 2 --model-mb 100
              benchmarks round --sites 4 --model-mb 2000 --rounds 2 --strategy median
              benchmarks round --sites 1000 --model-mb 1 --processes 1 --rounds 2

            Figures of two versions are comparable only as ratios, taken in turn on the same machine.
            """
    )

    @Option(help: "Sites, each with its own certificate.") var sites = 2
    @Option(help: "Processes that the sites are spread over; one each if not given.")
    var processes: Int?
    @Option(help: "Size of the model in million bytes.") var modelMB = 100.0
    @Option(help: "Rounds; the median is the result.") var rounds = 5
    @Option(help: "The plan's rule: \(BenchmarkPlan.strategies.joined(separator: ", ")).")
    var strategy = "fedavg"
    @Flag(help: "Write one JSON object.") var json = false

    func validate() throws {
        guard (1...1000).contains(sites), modelMB > 0, rounds >= 1,
            (1...sites).contains(processes ?? sites)
        else {
            throw ValidationError(
                "--sites is 1 to 1000, --processes 1 to as many, --model-mb above 0, "
                    + "--rounds at least 1"
            )
        }
        guard BenchmarkPlan.strategies.contains(strategy) else {
            throw ValidationError(
                "--strategy is one of \(BenchmarkPlan.strategies.joined(separator: ", "))"
            )
        }
    }

    func run() async throws {
        let result = try await RoundBenchmark(
            sites: sites,
            processes: processes ?? sites,
            modelMB: modelMB,
            rounds: rounds,
            strategy: strategy
        ).run()
        if json {
            print(String(decoding: try CanonicalEncoder().encode(result), as: UTF8.self))
        } else {
            print(
                "\(sites) sites x \(modelMB) MB, \(strategy): \(result.secondsPerRound) s a round,"
                    + " coordinator \(result.coordinatorPeakMiB) MiB,"
                    + " \(result.coordinatorCPUSeconds) CPU-s a round,"
                    + " \(result.coordinatorDiskMB) MB on disk"
            )
        }
    }
}
