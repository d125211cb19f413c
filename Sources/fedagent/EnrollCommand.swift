import ArgumentParser
import Identity
import SiteAgent
import SiteStore

/// `fedagent enroll`.
struct EnrollCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enroll",
        abstract: "Join a federation with the operator's invite.",
        discussion: """
            Shows six words, which the operator has to read the same before approving, and waits. Ctrl-C \
            ends only the waiting: the same command goes on later. Without an invite it asks for a new \
            certificate after the last one has expired.
            """
    )

    @OptionGroup var options: SiteOptions
    @Argument(help: "The one line that `fedcoordinator site invite` printed.")
    var invite: String?
    @Flag(help: "Do not wait for the approval: exit with 75 until it is there.")
    var noWait = false

    func run() async throws {
        try await reporting {
            let store = try options.store()
            let client = EnrolmentClient(folder: options.folder, softwareVersion: Version.text)
            let enrolment = try await enrolment(client)
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

    private func enrolment(_ client: EnrolmentClient) async throws -> SiteEnrolment {
        let invite = try invite.map { try Invite(parsing: $0) }
        guard noWait else {
            guard let invite else { return try await client.replaceExpired(pending: Self.tell) }
            return try await client.enrol(invite, pending: Self.tell)
        }
        let progress =
            if let invite { try await client.apply(invite) } else { try await client.applyAgain() }
        switch progress {
        case .enrolled(let enrolment): return enrolment
        case .pending(let words, _):
            try await Self.tell(words)
            throw AgentError(
                .tryAgain,
                "the operator has not approved this site yet",
                hint: "run the same command again after the approval"
            )
        }
    }

    private static func tell(_ words: FingerprintWords) async throws {
        Terminal.say("read these six words to the operator, who must see the same:")
        Terminal.say("")
        Terminal.say("    \(words)")
        Terminal.say("")
        Terminal.say("waiting for the approval; Ctrl-C is safe, the same command goes on later")
    }
}
