import ArgumentParser
import Foundation
import Identity
import SiteAgent

/// `fedagent doctor`.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look at everything a round needs, and say what to do about what is wrong.",
        discussion: """
            Name, proxy, port, TLS interception, clock, disk, memory, permissions, DICOM source, \
            certificate and coordinator. Before the site has joined, give the invite; nothing of it is sent.

            Exit status: 0 when nothing failed (warnings too), 1 when something did.
            """
    )

    @OptionGroup var options: SiteOptions
    @Argument(help: "The operator's invite, before the site has joined.") var invite: String?

    func run() async throws {
        try await reporting {
            _ = try options.store()
            let doctor = Doctor(
                folder: options.folder,
                invite: try invite.map { try Invite(parsing: $0) }
            )
            let findings = await doctor.findings(now: Date())
            for finding in findings {
                if options.json {
                    try Terminal.printJSON(finding)
                } else {
                    Terminal.show(finding.lines)
                }
            }
            guard findings.allSatisfy({ $0.state != .fail }) else { throw ExitCode.failure }
        }
    }
}
