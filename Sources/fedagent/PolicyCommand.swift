import ArgumentParser
import Federation
import Foundation
import SiteAgent

/// `fedagent policy`.
struct PolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "What may leave this site: its own rules (policy.yaml).",
        discussion: """
            The coordinator can neither see nor change them. They are asked when a plan is reviewed, \
            before work on a round, and before each message that carries results.

              fedagent policy show
              fedagent policy check plan.yaml
              fedagent policy check 3f9a --policy stricter.yaml
            """,
        subcommands: [Show.self, Check.self, Write.self],
        defaultSubcommand: Show.self
    )

    /// `fedagent policy show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The rules in force.")

        @OptionGroup var options: SiteOptions
        @Flag(name: .customLong("default"), help: "Print the policy that `fedagent init` writes.")
        var isDefault = false

        func run() async throws {
            try await reporting {
                let store = try options.store()
                if isDefault {
                    let profile = try SiteProfile.read(from: options.folder.profile)
                    Terminal.show(SitePolicy.defaultText(for: profile))
                } else {
                    let page = PolicyPage(of: options.folder, store)
                    Terminal.show(try page.text(now: Date()))
                }
            }
        }
    }

    /// `fedagent policy check`.
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What the rules say to a plan; exit status 77 if they decline it."
        )

        @OptionGroup var options: SiteOptions
        @Argument(help: "A plan file, or a received plan by its SHA-256 or first digits.")
        var plan: String
        @Option(help: "Another policy file, to try it.", completion: .file())
        var policy: String?

        func run() async throws {
            try await reporting {
                let store = try options.store()
                let plan = try await chosen()
                let objections = try await PolicyPage(of: options.folder, store).objections(
                    to: plan,
                    by: policy.map { URL(filePath: $0) }
                )
                for objection in objections {
                    let words = "the coordinator reads: \(objection.atCoordinator)"
                    try options.show(objection, as: "\(objection.atSite)\n  \(words)")
                }
                guard objections.isEmpty else {
                    throw AgentError(
                        .refusedByPolicy,
                        "this site would decline \(plan.name)",
                        hint: "nothing to do if that is meant; else change the rules named above"
                    )
                }
                Terminal.say("nothing stands against \(plan.name)")
            }
        }

        private func chosen() async throws -> Plan {
            guard FileManager.default.fileExists(atPath: plan) else {
                return try await PlanChoice(plan, options).plan
            }
            let text = try String(contentsOf: URL(filePath: plan), encoding: .utf8)
            do throws(PlanError) {
                return try Plan.parse(yaml: text)
            } catch {
                throw AgentError(.badInput, "\(plan): \(error)")
            }
        }
    }

    /// `fedagent policy write`.
    struct Write: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the default rules where a site has none."
        )

        @OptionGroup var options: SiteOptions

        func run() async throws {
            try await reporting {
                _ = try options.store()
                let profile = try SiteProfile.read(from: options.folder.profile)
                try SitePolicy.writeDefault(for: profile, to: options.folder)
                Terminal.say("wrote \(options.folder.policy.path): read it and edit it")
            }
        }
    }
}
