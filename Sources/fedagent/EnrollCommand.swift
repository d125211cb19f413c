import ArgumentParser
import Identity
import SiteAgent

/// `fedagent enroll`.
struct EnrollCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enroll",
        abstract: "Join a federation with the operator's invite."
    )

    @OptionGroup var options: SiteOptions
    @Argument(help: "The one line that `fedcoordinator site invite` printed.")
    var invite: String

    func run() async throws {
        try await reporting {
            _ = try options.store()
            let enrolment = try await EnrolmentClient(
                folder: options.folder,
                softwareVersion: Version.text
            ).enrol(try Invite(parsing: invite))
            Terminal.say(
                "enrolled as \(enrolment.siteID) in \(enrolment.federation),"
                    + " coordinator \(enrolment.coordinator)"
            )
        }
    }
}
