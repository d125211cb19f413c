import ArgumentParser
import Deidentification
import SiteAgent
import SiteStore

/// `fedagent cohort`.
struct CohortCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cohort",
        abstract: "The de-identified exams this site trains on.",
        discussion: """
            `build` takes in what is new in the source folder; `freeze` fixes what was found as a
            version that rounds are trained on; `withdraw` takes a patient out for good. No study
            enters a cohort without a signed manifest of its de-identification.

              fedagent cohort build
              fedagent cohort show --versions
              fedagent cohort diff 1 2
              fedagent cohort prove 2.25.1389... > proof.json
              fedagent cohort check proof.json --fingerprint 5f2c...
            """,
        subcommands: [
            Build.self, Show.self, Freeze.self, Withdraw.self, Diff.self, Prove.self, Check.self,
        ]
    )

    /// `fedagent cohort build`.
    struct Build: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "De-identify what is new in the source, join labels and masks, check the data.",
            discussion: """
                Runs as often as you like: a series of which nothing changed is not done again, and
                an interrupted run goes on after the last series that was done. A series waits while
                its files are still being written. The same as `fedagent intake`.

                Exit status: 0 done (files held back are counted, not an error), 65 the source, the
                labels or the masks cannot be read, 75 another fedagent works on the folder, 78 the
                site's keys, its profile or site.yaml cannot be used, 1 any other failure.
                """
        )

        @OptionGroup var options: SiteOptions

        func run() async throws { try await IntakeCommand.run(options) }
    }

    /// `fedagent cohort show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Count exams, slices, files held back; list what the data checks found."
        )

        @OptionGroup var options: SiteOptions
        @Flag(help: "List the exams: study, patient, slices, label, under their new identifiers.")
        var exams = false
        @Flag(help: "List the frozen versions.")
        var versions = false

        func run() async throws {
            try await reporting {
                let store = try options.store()
                if exams {
                    for row in try await CohortFingerprint(store.exams()).exams {
                        try options.show(row, as: ExamLine(row).text)
                    }
                } else if versions {
                    let rows = try await store.cohorts()
                    if rows.isEmpty { Terminal.say("nothing is frozen yet") }
                    for row in rows { try options.show(row, as: CohortLine(row).text) }
                } else {
                    try await Self.show(store, options)
                }
            }
        }

        static func show(_ store: SiteStore, _ options: SiteOptions) async throws {
            let profile = try SiteProfile.read(from: options.folder.profile)
            let summary = try await CohortSummary(
                of: store,
                rules: try profile.deidentificationRules().digest
            )
            try options.show(summary, as: summary.text)
        }
    }

    /// `fedagent cohort freeze`.
    struct Freeze: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Fix the exams of the last intake as a version with a fingerprint.",
            discussion: """
                Every copy is read and compared with the signed manifest of its study. What the
                version is made of is kept until the next one is frozen: rounds use it as it is,
                whatever arrives, changes or goes in the source folder meanwhile. Only `withdraw`
                takes an exam out of it.

                Exit status: 0 frozen, or nothing changed since the latest version, 77 a study has
                no manifest, a changed one, or copies it does not list, 78 there are no exams.
                """
        )

        @OptionGroup var options: SiteOptions

        func run() async throws {
            try await reporting {
                let store = try options.store()
                let before = try await store.latestCohort()
                let row = try await CohortRegister(store: store, folder: options.folder).freeze()
                try options.show(row, as: CohortLine(row).text)
                if row == before { Terminal.say("nothing changed since version \(row.version)") }
            }
        }
    }
}

/// A frozen version as one line.
struct CohortLine {
    let text: String

    init(_ row: CohortRow) {
        text = [
            "version \(row.version)", Terminal.time(row.frozenMilliseconds),
            "\(row.exams) exams, \(row.patients) patients, \(row.slices) slices",
            "\(row.positives) of \(row.labelled) labelled positive",
            row.cause == .withdrawal ? "after a withdrawal" : "frozen", row.fingerprint,
        ].joined(separator: "\t")
    }
}

/// An exam as one line.
struct ExamLine {
    let text: String

    init(_ exam: CohortExam) {
        let label = exam.positive.map { $0 ? "haemorrhage" : "no haemorrhage" } ?? "no label"
        text = [exam.studyUID, exam.patient, "\(exam.slices) slices", label]
            .joined(separator: "\t")
    }
}
