import ArgumentParser
import Deidentification
import Foundation
import SiteAgent

/// `fedagent deidentify`.
struct DeidentifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deidentify",
        abstract: "De-identify folders of CT files, with or without a federation.",
        subcommands: [Run.self, Preview.self, Report.self, Reveal.self]
    )

    /// `fedagent deidentify run`.
    struct Run: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "De-identify every CT image below a folder.",
            discussion: """
                Writes OUTPUT/<study>/<series>/<instance>.dcm under new identifiers, and for each
                study a signed manifest.json. What cannot be released is held back and counted by
                reason. Run it again to go on after an interruption, or to take in new files: what
                is done stays as it is.

                The site's secret is made at the first run and kept outside OUTPUT. The same secret
                gives the same pseudonyms; who has it can undo them.

                Exit status: 0 done (files held back are counted, not an error), 3 files were held
                back and --strict was given, 64 usage, 65 there is nothing to read at INPUT, 75
                another fedagent writes to OUTPUT, 77 a newer version of fedagent has, 78 the
                profile, the keys or OUTPUT cannot be used, 1 any other failure.
                """
        )

        @Argument(help: "A folder, or one file.", completion: .file())
        var input: String
        @Argument(help: "The folder to write to.", completion: .directory)
        var output: String
        @Option(help: "A profile: name, options and selection (YAML or JSON).", completion: .file())
        var profile: String?
        @Flag(help: "Leave faces as they are.") var keepFaces = false
        @Option(help: "Files worked on at once; default: one for each processor.")
        var jobs: Int?
        @OptionGroup var keys: DeidentifyKeyOptions
        @Option(
            help: """
                Also write path, reason and detail of each file held back to this file; paths may
                name patients, so not into OUTPUT.
                """,
            completion: .file()
        )
        var heldBack: String?
        @Flag(help: "Exit with 3 if anything was held back.") var strict = false
        @Flag(help: "Write the result as one JSON object.") var json = false

        func validate() throws {
            if let jobs, jobs < 1 { throw ValidationError("--jobs is at least 1") }
        }

        func run() async throws {
            try await reporting {
                // Keys are made for a run that has something to work on.
                guard FileManager.default.fileExists(atPath: input) else {
                    throw AgentError(.badInput, "there is nothing at \(input)")
                }
                let list = heldBack.map { URL(filePath: $0) }
                let output = URL(filePath: output, directoryHint: .isDirectory)
                if let list { try HeldBackFile.check(list, awayFrom: output) }
                let encryptedAttributes = try EnvelopeRecipients.read(profile: profile)
                let profile = try ProfileFile.read(profile, keepsFaces: keepFaces)
                let keys = try keys.load(awayFrom: output.path)
                let progress = DeidentifyProgress()
                let run = FolderRun(
                    input: URL(filePath: input),
                    output: output,
                    profile: profile,
                    keys: keys,
                    jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount,
                    deidentifier: SeriesDeidentifier(
                        profile: profile,
                        key: keys.secret,
                        toolVersion: FolderRun.tool,
                        decoder: try PixelDecoding.confined(),
                        encryptedAttributes: encryptedAttributes,
                        reader: TesseractReader()
                    ),
                    report: progress.show
                )
                let (summary, files) = try await run.execute()
                if let list { try HeldBackFile.write(files, to: list, awayFrom: output) }
                if json { try Terminal.printJSON(summary) } else { print(summary.text) }
                if strict, summary.quarantined > 0 { throw ExitCode(3) }
            }
        }
    }
}
