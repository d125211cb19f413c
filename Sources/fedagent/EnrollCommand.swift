import ArgumentParser
import Identity
import SiteAgent
import SiteStore

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
            let store = try options.store()
            let enrolment = try await EnrolmentClient(
                folder: options.folder,
                softwareVersion: Version.text
            ).enrol(try Invite(parsing: invite))
            try await store.recordEnrolment(
                federation: enrolment.federation,
                siteID: enrolment.siteID,
                certificateSHA256: try SiteEnrolment.certificateDigest(in: options.folder)
            )
            Terminal.say(
                "enrolled as \(enrolment.siteID) in \(enrolment.federation),"
                    + " coordinator \(enrolment.coordinator)"
            )
        }
    }
}
