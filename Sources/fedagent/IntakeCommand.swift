import ArgumentParser
import Deidentification
import Foundation
import SiteAgent
import SiteStore

/// `fedagent intake`.
struct IntakeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "intake",
        abstract: "Bring the hospital's files in: de-identify, verify, join labels and masks.",
        discussion: """
              fedagent intake                     take in what is new or changed
              fedagent intake --renew             do anew what earlier rules de-identified
              fedagent intake list --held-back    which files were held back, and why
              fedagent intake series              every series and how far it came
              fedagent intake studies             every study, and the root of its manifest

            A file is found, read, de-identified, verified, and in the cohort; or it is held back,
            with a reason (`fedagent deidentify report` explains each in plain words).

            Exit status: 0 done (files held back are counted, not an error), 65 the source, the
            labels or the masks cannot be read, 75 another fedagent works on the folder, 78 the
            site's keys, its profile or site.yaml cannot be used, 77 a newer version of fedagent worked
            on the folder, 1 any other failure.
            """,
        subcommands: [Run.self, List.self, Series.self, Studies.self],
        defaultSubcommand: Run.self
    )

    /// `fedagent intake run`.
    struct Run: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take in what is new or changed (the default)."
        )

        @OptionGroup var options: SiteOptions
        @Flag(help: "Do every series anew, as after damage to the copies.")
        var again = false
        @Flag(help: "Do anew what was de-identified by earlier rules, as after an upgrade.")
        var renew = false

        func run() async throws {
            try await IntakeCommand.run(options, again: again, renewing: renew)
        }
    }

    /// `fedagent intake list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Every file of the source folder: path, state, reason.",
            discussion: """
                Paths are worked out from the folder as it is now and are stored nowhere; they may
                name patients, so this output is for this site only.
                """
        )

        @OptionGroup var options: SiteOptions
        @Flag(help: "Only files that were held back.")
        var heldBack = false

        func run() async throws {
            try await reporting {
                let rows = try await options.store().files()
                    .filter { !heldBack || $0.state == .quarantined }
                let paths = try FilePaths(
                    folder: options.folder,
                    profile: try SiteProfile.read(from: options.folder.profile)
                )
                if rows.isEmpty {
                    Terminal.say(heldBack ? "no file was held back" : "no file was taken in yet")
                }
                for row in rows.map({ FileLine($0, paths[$0.name]) }).sorted(by: <) {
                    try options.show(row, as: row.text)
                }
            }
        }
    }

    /// `fedagent intake series`.
    struct Series: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Every series under its new identifiers: files, state, reasons."
        )

        @OptionGroup var options: SiteOptions

        func run() async throws {
            try await reporting {
                let rows = try await options.store().series()
                if rows.isEmpty { Terminal.say("no series was taken in yet") }
                for row in rows {
                    try options.show(
                        row,
                        as: [
                            row.seriesUID, row.patient, row.state,
                            "\(row.cohortFiles) of \(row.files) files", row.reasons ?? "",
                            row.tool, "profile \(row.profileDigest.prefix(12))",
                        ].joined(separator: "\t")
                    )
                }
            }
        }
    }

    /// `fedagent intake studies`.
    struct Studies: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Every study under its new identifiers: state, reasons, manifest."
        )

        @OptionGroup var options: SiteOptions

        func run() async throws {
            try await reporting {
                let rows = try await options.store().studies()
                if rows.isEmpty { Terminal.say("no study was taken in yet") }
                for row in rows {
                    try options.show(
                        row,
                        as: [
                            row.studyUID, row.patient, row.state,
                            "\(row.cohortFiles) of \(row.files) files in \(row.series) series",
                            row.manifestRoot.map { "manifest \($0)" } ?? "no manifest",
                            row.reasons ?? "",
                        ].joined(separator: "\t")
                    )
                }
            }
        }
    }

    static func run(
        _ options: SiteOptions,
        again: Bool = false,
        renewing: Bool = false
    ) async throws {
        try await reporting {
            let store = try options.store()
            let printer = EventPrinter(json: options.json)
            let isChanged = try await SiteIntake(
                folder: options.folder,
                profile: try SiteProfile.read(from: options.folder.profile),
                softwareVersion: Version.text,
                decoder: try PixelDecoding.confined(),
                report: { printer($0) }
            ).run(into: store, again: again, renewing: renewing)
            if !isChanged { Terminal.say("nothing changed since the last intake") }
            try await CohortCommand.Show.show(store, options)
        }
    }
}

/// A file of the catalogue as one line.
struct FileLine: Encodable, Comparable {
    let path: String
    let state: String
    let reason: String?
    let detail: String

    init(_ row: FileRow, _ path: String?) {
        self.path = path ?? "(no longer there) \(row.name)"
        state = row.state.rawValue
        reason = row.reason
        detail = row.detail
    }

    var text: String {
        [path, state, reason ?? "", detail].filter { !$0.isEmpty }.joined(separator: "\t")
    }

    static func < (left: FileLine, right: FileLine) -> Bool { left.path < right.path }
}
