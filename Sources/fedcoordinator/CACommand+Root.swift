import ArgumentParser
import CoordinatorServer
import Foundation
import Identity

/// What the operator reads after an exchange of the root has begun.
enum RootText {
    static let begun = """
        the new root is in use beside the old one; sites that are connected change over by themselves
        `fedcoordinator ca status` says who has not yet, `ca retire-root` ends the old root
        open invites stay good; keep the old root's medium until it is retired
        """
}

extension CACommand {
    /// `fedcoordinator ca rotate-root`.
    struct RotateRoot: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Exchange the root for a new one, with an overlap; sites do nothing.",
            discussion: """
                Makes the new root in a folder of its own, lets the old one vouch for it, and takes a new \
                issuing key under it into use. With the roots on another machine:

                  fedcoordinator ca handover --root OLD --new-root NEW --output handover.pem
                  fedcoordinator ca sign DIR/ca/issuing-request.pem --root NEW --output issuing.pem
                  fedcoordinator ca install issuing.pem --handover handover.pem --directory DIR
                """
        )

        @OptionGroup var options: CoordinatorOptions
        @OptionGroup var root: RootOptions
        @OptionGroup var next: NewRootOptions

        func run() async throws {
            try await reporting {
                let old = try root.authority()
                let new = try next.authority(after: old)
                let request = try FederationSetup.requestIssuing(in: options.folder)
                try await RootExchange(try options.operation()).begin(
                    try old.handover(to: new, at: Date()),
                    issuing: try new.issuingCertificate(for: request, at: Date()),
                    at: Date()
                )
                say(RootText.begun)
            }
        }
    }

    /// `fedcoordinator ca handover`.
    struct Handover: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a new root and let the old one vouch for it, away from the coordinator."
        )

        @OptionGroup var root: RootOptions
        @OptionGroup var next: NewRootOptions
        @Option(help: "The file to write.") var output: String

        func run() async throws {
            try await reporting {
                let old = try root.authority()
                let new = try next.authority(after: old)
                try old.handover(to: new, at: Date()).write(to: URL(filePath: output))
                say("carry \(output) to the coordinator")
            }
        }
    }

    /// `fedcoordinator ca retire-root`.
    struct RetireRoot: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "retire-root",
            abstract: "Go by the former root no more.",
            discussion: "Refused while anybody's certificate leads to it, unless --leave-behind."
        )

        @OptionGroup var options: CoordinatorOptions
        @Flag(help: "Leave those behind who have not changed over: they need a new invite.")
        var leaveBehind = false

        func run() async throws {
            try await reporting {
                let left = try await RootExchange(try options.operation()).retire(
                    leavingBehind: leaveBehind,
                    at: Date()
                )
                say("the former root is retired; its medium may be destroyed")
                for holder in left {
                    let noun = holder.kind == "site" ? "site" : "person"
                    say("left behind: `fedcoordinator \(noun) invite \(holder.id)`")
                }
            }
        }
    }

    /// `fedcoordinator ca status`.
    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The roots, the issuing key, and who still needs a former root."
        )

        @OptionGroup var options: CoordinatorOptions

        func run() async throws {
            try await reporting {
                let status = try await options.operation().authorityStatus(at: Date())
                if options.json { return try printJSON(status) }
                print(status.text)
            }
        }
    }
}

/// Where a new root is made, and what opens it.
struct NewRootOptions: ParsableArguments {
    @Option(help: "A new folder for the new root, on offline media.", completion: .directory)
    var newRoot: String
    @Option(help: "A file with the new root's passphrase; asked for if left out.")
    var newPassphraseFile: String?

    /// Makes the root that follows, or opens it where an exchange goes on that was cut off.
    func authority(after old: RootAuthority) throws -> RootAuthority {
        var options = RootOptions()
        options.root = newRoot
        options.passphraseFile = newPassphraseFile
        let folder = RootFolder(options.url)
        guard !folder.exists else { return try options.authority() }
        let passphrase = try options.passphrase(isNew: true)
        try folder.create(
            federation: old.federation,
            passphrase: passphrase,
            generation: old.generation + 1,
            at: Date()
        )
        return try folder.open(passphrase: passphrase)
    }
}
