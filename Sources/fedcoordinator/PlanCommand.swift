import Tensors
import ArgumentParser
import CoordinatorServer
import Federation
import Foundation

/// `fedcoordinator plan`.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "What is trained, how, and what may leave a site.",
        subcommands: [Check.self, Submit.self]
    )

    /// `fedcoordinator plan check`.
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Name every problem of a plan, or show it on one page."
        )

        @Argument(help: "The plan's YAML file.") var file: String

        func run() async throws {
            try await reporting {
                let text = try String(contentsOf: URL(filePath: file), encoding: .utf8)
                let checked = try PlanCheck(yaml: text)
                print(PlanSummary(checked.plan).text)
                print("parameters: \(checked.initial.elementCount)")
            }
        }
    }

    /// `fedcoordinator plan submit`.
    struct Submit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keep a plan and its initial model; print the plan's SHA-256."
        )

        @OptionGroup var options: CoordinatorOptions
        @Argument(help: "The plan's YAML file.") var file: String

        func run() async throws {
            try await reporting {
                let text = try String(contentsOf: URL(filePath: file), encoding: .utf8)
                print(try await options.operation().submit(planYAML: text))
            }
        }
    }
}
