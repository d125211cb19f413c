import ArgumentParser
import CoordinatorServer
import CoordinatorStore
import Foundation
import WireProtocol

/// `fedcoordinator site approve` and `fedcoordinator person approve`.
struct ApproveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Approve an application after comparing its six words.",
        discussion: """
            Call the applicant, on a number you know from elsewhere, and let them read their six words.
            Give the words with --words, or compare them on the screen. Where coordinator.yaml says \
            approvalsRequired: 2, a second operator does the same under another --as.
            """
    )

    @OptionGroup var options: CoordinatorOptions
    @Argument(help: "The site's or person's id.") var id: String
    @Option(help: "The six words as the applicant read them.") var words: String?
    @Option(name: .customLong("as"), help: "Your operator id: a-z, 0-9, -.")
    var operatorID: String = "operator"
    @Flag(help: "Do not ask; you have compared the words.") var yes = false

    func run() async throws {
        try await reporting {
            let operation = try options.operation()
            let applicant = try await operation.applicant(id, at: Date())
            try confirm(applicant)
            let missing = try await operation.approve(applicant, by: operatorID)
            say(
                missing == 0
                    ? "\(id) is approved by \(operatorID); it gets its certificate when it asks next"
                    : "approved; \(missing) more operator has to approve it too"
            )
        }
    }

    private func confirm(_ applicant: FederationOperator.Applicant) throws {
        if let words {
            let typed = words.lowercased().split { !$0.isLetter }.joined(separator: " ")
            guard typed == applicant.words else {
                throw CoordinatorError(
                    .malformed,
                    "these are other words: do not approve; somebody may have taken the invite."
                        + " `decline \(id)`, then invite again another way"
                )
            }
            return
        }
        guard !yes else { return }
        guard isatty(STDIN_FILENO) == 1 else {
            throw CoordinatorError(.malformed, "compare the words and give them with --words")
        }
        print(applicant.text)
        print("Did \(id) read the same six words to you? [y/N] ", terminator: "")
        guard ["y", "yes"].contains((readLine() ?? "").lowercased()) else {
            throw CoordinatorError(.malformed, "not approved")
        }
    }
}

/// `fedcoordinator site decline` and `fedcoordinator person decline`.
struct DeclineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decline",
        abstract: "End an application without a certificate."
    )

    @OptionGroup var options: CoordinatorOptions
    @Argument(help: "The site's or person's id.") var id: String
    @Option(name: .customLong("as"), help: "Your operator id: a-z, 0-9, -.")
    var operatorID: String = "operator"

    func run() async throws {
        try await reporting {
            let operation = try options.operation()
            let row = try await operation.applicant(id, at: Date()).application
            try await operation.store.decline(
                CertificateHolder(row.kind, row.holder),
                by: operatorID
            )
            say("the application of \(id) is declined")
        }
    }
}

extension FederationOperator.Applicant {
    /// What the operator reads before approving.
    var text: String {
        let since = Date(timeIntervalSince1970: Double(application.appliedMilliseconds) / 1000)
        let why = application.isRenewal ? ", its certificate has expired" : ""
        let approved = application.approvedBy.joined(separator: ", ")
        return """
            applies      \(application.kind.rawValue) \(application.holder), \
            since \(since.formatted(.iso8601))\(why)
            words        \(words)
            approved by  \(approved.isEmpty ? "nobody yet" : approved)
            """
    }
}
