import ArgumentParser
import CoordinatorServer
import CoordinatorStore
import Evaluation
import Federation
import Foundation
import WireProtocol

/// `fedcoordinator site`.
struct SiteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "site",
        abstract: "The sites of the federation.",
        discussion: """
            A site joins in three steps:

              fedcoordinator site invite trauma       prints one line for the site's admin
              fedagent enroll <line>                  at the site; shows six words and waits
              fedcoordinator site approve trauma      after both read the same words aloud
            """,
        subcommands: [
            Invite.self, List.self, Show.self, ApproveCommand.self, DeclineCommand.self,
            Rename.self, Revoke.self,
        ]
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
        static let configuration = CommandConfiguration(
            abstract: "Every site, its status, its certificate, and who waits for approval."
        )

        @OptionGroup var options: CoordinatorOptions

        func run() async throws {
            try await reporting {
                let now = Date()
                let reports = try await options.operation().siteReports(at: now)
                if options.json { return try printJSON(reports) }
                guard !reports.isEmpty else {
                    return say("no site yet: `fedcoordinator site invite <id>`")
                }
                let table = TextTable(
                    header: ["site", "status", "certificate", "name"],
                    rows: reports.map { report in
                        [
                            report.site.id, report.statusText, report.certificateText(at: now),
                            report.site.name,
                        ]
                    }
                )
                for line in table.lines(width: 100) { print(line) }
            }
        }
    }

    /// `fedcoordinator site show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "One site on one page.")

        @OptionGroup var options: CoordinatorOptions
        @Argument(help: "The site's id.") var site: String

        func run() async throws {
            try await reporting {
                let now = Date()
                let reports = try await options.operation().siteReports(at: now)
                guard let report = reports.first(where: { $0.site.id == site }) else {
                    throw CoordinatorError(.notFound, "there is no site \(site)")
                }
                if options.json { return try printJSON(report) }
                print("site         \(report.site.id) (\(report.site.name))")
                print("status       \(report.statusText)")
                print("certificate  \(report.certificateText(at: now))")
                if let clock = report.clockText { print("clock        \(clock)") }
                print("fingerprint  \(report.site.fingerprint ?? "-")")
                print("software     \(report.site.softwareVersion ?? "-")")
                print("describes    \(report.site.description ?? "-")")
                if let applicant = report.applicant { print(applicant.text) }
            }
        }
    }

    /// `fedcoordinator site rename`.
    struct Rename: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a site another name for people; its id and certificate stay."
        )

        @OptionGroup var options: CoordinatorOptions
        @Argument(help: "The site's id.") var site: String
        @Argument(help: "Its new name.") var name: String

        func run() async throws {
            try await reporting {
                let id = try SiteID(validating: site)
                try await options.operation().store.rename(id, to: name)
                say("site \(site) is now called \(name)")
            }
        }
    }

    /// `fedcoordinator site revoke`.
    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Refuse a site at once and close its connections; for good."
        )

        @OptionGroup var options: CoordinatorOptions
        @Argument(help: "The site's id.") var site: String

        func run() async throws {
            try await reporting {
                try await options.operation().store.revoke(try SiteID(validating: site))
                say("site \(site) is revoked; its connections end within two seconds")
            }
        }
    }
}
