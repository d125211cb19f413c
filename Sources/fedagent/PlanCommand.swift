import ArgumentParser
import Federation
import Foundation
import SiteAgent
import SiteStore

/// `fedagent plan`.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Plans the coordinator asked this site about.",
        subcommands: [List.self, Show.self, Approve.self, Decline.self]
    )

    /// `fedagent plan list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Every plan and its answer.")

        @OptionGroup var options: SiteOptions

        func run() async throws {
            try await reporting {
                let store = try options.store()
                for digest in try await store.planDigests() {
                    let answer = try await store.answer(toPlan: digest)
                    print(digest, answer?.decision ?? "waiting for an answer", separator: "\t")
                }
            }
        }
    }

    /// `fedagent plan show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "One plan on one page.")

        @OptionGroup var options: SiteOptions
        @Argument(help: "The plan's SHA-256.") var plan: String

        func run() async throws {
            try await reporting {
                print(PlanSummary(try await Self.plan(plan, options)).text)
            }
        }

        static func plan(_ digest: String, _ options: SiteOptions) async throws -> Plan {
            guard let document = try await options.store().plan(digest) else {
                throw AgentError(
                    .badInput,
                    "this site has no plan \(digest)",
                    hint: "`fedagent plan list` lists them; `fedagent serve` fetches new ones"
                )
            }
            return try Plan.parse(json: document)
        }
    }

    /// `fedagent plan approve`.
    struct Approve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Approve a plan.")

        @OptionGroup var options: SiteOptions
        @Argument(help: "The plan's SHA-256.") var plan: String

        func run() async throws { try await decide("approved", plan, options, reason: "") }
    }

    /// `fedagent plan decline`.
    struct Decline: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Decline a plan.")

        @OptionGroup var options: SiteOptions
        @Argument(help: "The plan's SHA-256.") var plan: String
        @Option(help: "Why; the coordinator reads it.") var reason: String

        func run() async throws { try await decide("declined", plan, options, reason: reason) }
    }

    static func decide(
        _ decision: String,
        _ digest: String,
        _ options: SiteOptions,
        reason: String
    ) async throws {
        try await reporting {
            _ = try await Show.plan(digest, options)
            try await options.store().record(
                PlanAnswerRow(
                    sha256: digest,
                    decision: decision,
                    decidedBy: PlanAnswerRow.admin,
                    reason: reason,
                    answeredMilliseconds: Int64(Date().timeIntervalSince1970 * 1000)
                )
            )
            Terminal.say("plan \(digest) \(decision); `fedagent serve` tells the coordinator")
        }
    }
}

private func decide(
    _ decision: String,
    _ plan: String,
    _ options: SiteOptions,
    reason: String
) async throws {
    try await PlanCommand.decide(decision, plan, options, reason: reason)
}
