import ArgumentParser
import CoordinatorServer
import CoordinatorStore
import Federation
import Foundation

/// `fedcoordinator site`.
struct SiteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "site",
        abstract: "The sites of the federation.",
        subcommands: [Invite.self, List.self, Revoke.self]
    )

    /// `fedcoordinator site invite`.
    struct Invite: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the one line with which a site enrols; valid once, for 24 hours."
        )

        @OptionGroup var options: CoordinatorOptions
        @Argument(help: "The new site's id: a-z, 0-9, -.") var site: String
        @Option(help: "The site's name for people.") var name: String?

        func run() async throws {
            try await reporting {
                let id = try SiteID(validating: site)
                print(
                    try await options.operation().invite(id, name: name ?? site, at: Date())
                )
            }
        }
    }

    /// `fedcoordinator site list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Every site and its status.")

        @OptionGroup var options: CoordinatorOptions

        func run() async throws {
            try await reporting {
                for site in try await options.operation().store.sites() {
                    print(site.id, site.status, site.name, separator: "\t")
                }
            }
        }
    }

    /// `fedcoordinator site revoke`.
    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Refuse a site from its next request on."
        )

        @OptionGroup var options: CoordinatorOptions
        @Argument(help: "The site's id.") var site: String

        func run() async throws {
            try await reporting {
                try await options.operation().store.revoke(try SiteID(validating: site))
                say("site \(site) is revoked")
            }
        }
    }
}
