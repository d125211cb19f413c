import Foundation
package import SiteStore

/// The catalogue and the cohort in numbers, for the site's own eyes.
package struct CohortSummary: Sendable, Hashable, Codable {
    /// How often a reason occurred.
    package struct Tally: Sendable, Hashable, Codable {
        /// The reason, with its source for labels and masks.
        package let reason: String
        /// How often.
        package let count: Int
    }

    /// Exams.
    package let exams: Int
    /// Patients.
    package let patients: Int
    /// Accepted slices.
    package let slices: Int
    /// Exams with a label.
    package let labelled: Int
    /// Exams with haemorrhage.
    package let positives: Int
    /// Slices with a mask.
    package let masked: Int
    /// Files of the source folder, by state.
    package let files: [Tally]
    /// Files whose series is still being written.
    package let waiting: Int
    /// Quarantined files by reason.
    package let quarantine: [Tally]
    /// Series whose copies were made by earlier rules than those of this program.
    package let seriesOfEarlierRules: Int
    /// The programs that made them, ascending.
    package let earlierTools: [String]
    /// What the data checks found.
    package let findings: [FindingRow]
    /// When the last intake ended, milliseconds since 1970; nil if there was none.
    package let intakeMilliseconds: Int64?
    /// The cohort frozen last; nil if none is.
    package let frozen: CohortRow?
    /// Exams that are not, or not like this, in the frozen cohort.
    package let changedSinceFrozen: Int
    /// Exams of the frozen cohort that are gone, or no longer like this.
    package let goneSinceFrozen: Int

    /// Counts a site's catalogue; `rules` is the digest of the rules in force now.
    package init(of store: SiteStore, rules: String) async throws {
        let rows = try await store.exams()
        let figures = try CohortFigures(rows)
        exams = figures.exams
        patients = figures.patients
        slices = figures.slices
        labelled = figures.labelled
        positives = figures.positives
        masked = figures.masked
        let states = try await store.fileCounts()
        files = states.map { Tally(reason: $0.state.rawValue, count: $0.files) }
        waiting = states.first { $0.state == .read }?.files ?? 0
        quarantine = try await store.quarantineCounts().map {
            Tally(reason: $0.reason, count: $0.files)
        }
        let earlier = try await store.files().filter { $0.isVerified && $0.profileDigest != rules }
        seriesOfEarlierRules = Set(earlier.compactMap(\.seriesUID)).count
        earlierTools = Set(earlier.map(\.tool)).sorted()
        findings = try await store.findings()
        intakeMilliseconds = try await store.lastIntake()?.milliseconds
        frozen = try await store.latestCohort()
        let present = Set(try CohortFingerprint(rows).exams.map(\.leaf))
        var before: Set<String> = []
        if let frozen {
            before = Set(try await store.exams(ofCohort: frozen.version).map(\.leaf))
        }
        changedSinceFrozen = present.subtracting(before).count
        goneSinceFrozen = before.subtracting(present).count
    }

    /// The numbers as lines.
    package var text: String {
        guard intakeMilliseconds != nil else {
            return "no intake yet: `fedagent cohort build` de-identifies the source folder"
        }
        var lines = [
            "\(exams) exams of \(patients) patients, \(slices) slices, \(masked) with a mask",
            "\(labelled) exams labelled, \(positives) with haemorrhage",
            "files     " + files.map { "\($0.count) \($0.reason)" }.joined(separator: ", "),
        ]
        lines += block("held back", quarantine.map { "\($0.count)  \($0.reason)" })
        if waiting > 0 {
            lines.append(
                "\(waiting) files wait: their series is still being written; run again later"
            )
        }
        if seriesOfEarlierRules > 0 {
            lines.append(
                "\(seriesOfEarlierRules) series were de-identified by earlier rules"
                    + " (\(earlierTools.joined(separator: "; "))) and stay valid;"
                    + " `fedagent intake --renew` does them anew"
            )
        }
        lines += findingLines
        return (lines + [frozenText]).joined(separator: "\n")
    }

    /// What the data checks found, check by check: what, in which exam, what to do.
    private var findingLines: [String] {
        guard !findings.isEmpty else { return ["data checks: nothing found"] }
        let checks = Dictionary(grouping: findings, by: \.kind).sorted { $0.key < $1.key }
        return ["look at these before training:"]
            + checks.flatMap { kind, found in
                let check = DataCheck(rawValue: kind)
                let shown = found.prefix(5).map { finding in
                    let exam = finding.studyUID.map { study in
                        "exam \(study)" + (finding.patient.map { " of \($0)" } ?? "") + ": "
                    }
                    return "    \(exam ?? "")\(finding.detail)"
                }
                let rest = found.count - shown.count
                return ["  \(kind): \(check?.title ?? "")"] + shown
                    + (rest > 0 ? ["    and \(rest) more (--json has all)"] : [])
                    + (check.map { ["    -> \($0.advice)"] } ?? [])
            }
    }

    private func block(_ title: String, _ lines: [String]) -> [String] {
        let shown = 20
        let rest = lines.count > shown ? ["  and \(lines.count - shown) more (--json has all)"] : []
        return lines.isEmpty ? [] : ["\(title):"] + lines.prefix(shown).map { "  \($0)" } + rest
    }

    private var frozenText: String {
        guard let frozen else {
            return "not frozen: `fedagent cohort freeze`, or the agent does before its first round"
        }
        let state =
            changedSinceFrozen + goneSinceFrozen == 0
            ? "the same as above"
            : "\(changedSinceFrozen) exams new or changed since, \(goneSinceFrozen) gone or changed;"
                + " `fedagent cohort freeze` makes version \(frozen.version + 1)"
        return "cohort version \(frozen.version) (\(frozen.fingerprint.prefix(12)),"
            + " \(frozen.exams) exams): \(state)"
    }
}
