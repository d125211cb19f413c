import ArgumentParser
import Foundation
import SiteAgent

/// `fedagent status`.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Enrolment, certificate, cohort, plans, rounds and what was sent, on one page."
    )

    @OptionGroup var options: SiteOptions

    func run() async throws {
        try await reporting {
            let status = try await SiteStatus(of: options.folder, try options.store())
            try options.show(status, as: status.text(now: Date()))
        }
    }
}
