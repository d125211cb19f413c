import ArgumentParser
import CoordinatorServer
import CoordinatorStore
import Federation
import Foundation

extension CertificateHolder.Kind: ExpressibleByArgument {}

/// `fedcoordinator person`.
struct PersonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "person",
        abstract: "Operators, researchers and auditors who read with a certificate of their own.",
        subcommands: [
            Invite.self, Account.self, Grant.self, List.self, ApproveCommand.self,
            DeclineCommand.self,
            Revoke.self,
        ]
    )

    /// `fedcoordinator person invite`.
    struct Invite: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the one line with which a person enrols; valid once, for 24 hours."
        )

        @OptionGroup var options: CoordinatorOptions
        @Argument(help: "The person's id: a-z, 0-9, -.") var id: String
        @Option(help: "operator, researcher or auditor.") var role: CertificateHolder.Kind
        @Option(help: "A plan whose runs they may see, by SHA-256; may be given more than once.")
        var plan: [String] = []
        @Flag(help: "They may see every run and the audit log.") var everything = false

        func validate() throws {
            guard role != .site else { throw ValidationError("a site is no person") }
        }

        func run() async throws {
            try await reporting {
                print(
                    try await options.operation().invite(
                        person: id,
                        as: role,
                        plans: try plan.map { try SHA256Digest(validating: $0) },
                        wholeFederation: everything,
                        at: Date()
                    )
                )
            }
        }
    }

    /// `fedcoordinator person account`.
    struct Account: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a person sign in with an account of the identity provider.",
            discussion: """
                The subject is the account's `sub` at the provider, not an e-mail address. Where \
                coordinator.yaml says approvalsRequired: 2, a second operator gives the same command \
                under another --as.
                """
        )

        @OptionGroup var options: CoordinatorOptions
        @Argument(help: "The person's id: a-z, 0-9, -.") var id: String
        @Option(help: "operator, researcher or auditor.") var role: CertificateHolder.Kind
        @Option(help: "The account's subject identifier.") var subject: String
        @Option(help: "A plan whose runs they may see, by SHA-256; may be given more than once.")
        var plan: [String] = []
        @Flag(help: "They may see every run and the audit log.") var everything = false
        @Option(name: .customLong("as"), help: "Your operator id: a-z, 0-9, -.")
        var operatorID: String = "operator"

        func run() async throws {
            try await reporting {
                let missing = try await options.operation().tie(
                    subject: subject,
                    to: CertificateHolder(role, id),
                    plans: try plan.map { try SHA256Digest(validating: $0) },
                    wholeFederation: everything,
                    by: operatorID
                )
                say(
                    missing == 0
                        ? "\(id) can sign in: `fedcompare login`"
                        : "noted; \(missing) more operator has to do the same"
                )
            }
        }
    }

    /// `fedcoordinator person grant`.
    struct Grant: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a person see the runs of one more plan."
        )

        @OptionGroup var options: CoordinatorOptions
        @Argument(help: "The person's id.") var id: String
        @Argument(help: "The plan's SHA-256.") var plan: String

        func run() async throws {
            try await reporting {
                try await options.operation().store.grant(
                    id,
                    plan: try SHA256Digest(validating: plan)
                )
                say("\(id) may see the runs of plan \(plan.prefix(12))")
            }
        }
    }

    /// `fedcoordinator person list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Every person and its role.")

        @OptionGroup var options: CoordinatorOptions

        func run() async throws {
            try await reporting {
                let operation = try options.operation()
                let people = try await operation.store.people()
                if options.json { return try printJSON(people) }
                for person in people {
                    print(person.id, person.role, person.status, separator: "\t")
                }
                for applicant in try await operation.applicants(at: Date())
                where applicant.application.kind != .site {
                    print(applicant.text)
                }
            }
        }
    }

    /// `fedcoordinator person revoke`.
    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Refuse a person at once and close their connections; for good."
        )

        @OptionGroup var options: CoordinatorOptions
        @Argument(help: "The person's id.") var id: String

        func run() async throws {
            try await reporting {
                try await options.operation().store.revokePerson(id)
                say("\(id) is revoked; their connections end within two seconds")
            }
        }
    }
}
