import ArgumentParser
import Federation
import FederationSimulator
import Foundation

/// `killmatrix simulate`: the seeded simulator for as long as one likes.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract:
            "Play seeds of the federation simulator; exit status 1 if an invariant was broken."
    )

    @Option(help: "The plan whose rounds are played.", completion: .file())
    var plan = "Sites/plan.yaml"
    @Option(help: "The first seed.") var from: UInt64 = 0
    @Option(help: "How many seeds.") var seeds: UInt64 = 100_000

    func run() async throws {
        let text = try String(contentsOf: URL(filePath: plan), encoding: .utf8)
        let plan = try Plan.parse(yaml: text)
        var endings: [SimulationReport.Ending: Int] = [:]
        var (events, crashes, same, broken) = (0, 0, 0, 0)
        for seed in from..<from + seeds {
            do {
                var simulation = try Simulation(seed: seed, plan: plan)
                let report = try simulation.run()
                endings[report.ending, default: 0] += 1
                events += report.events
                crashes += report.coordinatorCrashes + report.siteCrashes
                if report.isUndisturbed { same += 1 }
            } catch let violation as InvariantViolation {
                broken += 1
                print("\(violation)")
            }
            guard (seed - from + 1) % 2000 == 0 || seed == from + seeds - 1 else { continue }
            let ends = SimulationReport.Ending.allCases
                .map { "\(endings[$0, default: 0]) \($0.rawValue)" }.joined(separator: ", ")
            print(
                "\(seed - from + 1) seeds: \(ends); \(events) events, \(crashes) crashes, "
                    + "\(same) with the bits of an undisturbed run, \(broken) broken"
            )
            fflush(nil)
        }
        if broken > 0 { throw ExitCode.failure }
    }
}
