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
        discussion: """
            A plan is named by its SHA-256 or enough of its first digits.

              fedagent plan list
              fedagent plan show 3f9a
              fedagent plan approve 3f9a
            """,
        subcommands: [List.self, Show.self, Approve.self, Decline.self]
    )

    /// `fedagent plan list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Every plan and its answer.")

        @OptionGroup var options: SiteOptions

        func run() async throws {
            try await reporting {
                let status = try await SiteStatus(of: options.folder, try options.store())
                if status.plans.isEmpty, !options.json {
                    Terminal.say("no plan was received yet; `fedagent serve` fetches new ones")
                }
                for plan in status.plans {
                    let answer = plan.decision ?? "waits for you"
                    try options.show(plan, as: "\(plan.sha256)\t\(plan.name)\t\(answer)")
                }
            }
        }
    }

    /// `fedagent plan show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "One plan on one page, and what changed since the one approved last."
        )

        @OptionGroup var options: SiteOptions
        @Argument(help: "The plan; left out: the one that waits for you, else the newest.")
        var plan: String?

        func run() async throws {
            try await reporting {
                let choice = try await PlanChoice(plan, options)
                if options.json {
                    Terminal.show(String(decoding: choice.plan.canonicalBytes, as: UTF8.self))
                } else {
                    Terminal.show(try await choice.page())
                }
            }
        }
    }

    /// `fedagent plan approve`.
    struct Approve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Approve a plan: this site trains by it until it ends."
        )

        @OptionGroup var options: SiteOptions
        @Argument(help: "The plan.") var plan: String

        func run() async throws {
            try await PlanCommand.decide("approved", plan, options, reason: "")
        }
    }

    /// `fedagent plan decline`.
    struct Decline: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Decline a plan; the coordinator gets your words."
        )

        @OptionGroup var options: SiteOptions
        @Argument(help: "The plan.") var plan: String
        @Option(help: "Why; it leaves the site, so no patient may be in it.")
        var reason: String

        func run() async throws {
            try await PlanCommand.decide("declined", plan, options, reason: reason)
        }
    }

    static func decide(
        _ decision: String,
        _ plan: String,
        _ options: SiteOptions,
        reason: String
    ) async throws {
        try await reporting {
            let choice = try await PlanChoice(plan, options)
            if decision == "approved" { try await choice.requirePolicy() }
            try await options.store().record(
                PlanAnswerRow(
                    sha256: choice.digest,
                    decision: decision,
                    decidedBy: PlanAnswerRow.admin,
                    reason: reason,
                    answeredMilliseconds: Int64(Date().timeIntervalSince1970 * 1000)
                )
            )
            Terminal.say(
                "plan \(choice.plan.name) (\(choice.digest.prefix(12))) \(decision);"
                    + (SiteLock.isHeld(options.folder)
                        ? " the agent tells the coordinator now"
                        : " `fedagent serve` tells the coordinator")
            )
        }
    }
}
