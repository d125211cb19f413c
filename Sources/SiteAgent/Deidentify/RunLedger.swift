import Deidentification
import Foundation

/// What is in the output: written files, and what the journal says of each input.
actor RunLedger {
    /// A study of the output.
    struct Study {
        let uid: String
        let patient: String
        let files: [StudyManifest.File]
        let actions: [ActionCount]
        let series: [SeriesReport]
        /// The programs that made the files, ascending.
        let tools: [String]
    }

    private var journal: RunJournal
    private let output: RunOutput
    private var seen: [RunJournal.Entry] = []
    /// The inputs of this run that were held back, by path: for the site's own eyes, kept nowhere.
    private(set) var heldBack: [HeldBackFile] = []
    /// The inputs of this run that were held back.
    private(set) var quarantined = 0
    /// The outputs' digests by path, and how many inputs came to each.
    private var digests: [String: String] = [:]
    private var claims: [String: Int] = [:]
    /// What the inputs of a series under way had come to before.
    private var former: [String: Set<String>] = [:]

    init(journal: RunJournal, output: RunOutput) {
        self.journal = journal
        self.output = output
        for release in journal.entries.values.compactMap(\.release) {
            digests[release.path] = release.file.outputDigest
            claims[release.path, default: 0] += 1
        }
    }

    /// The series that an input is known to be of, if it did not change.
    func knownSeries(of names: RunSource.Names) -> String? {
        guard let entry = journal.entries[names.source], entry.state == names.state else {
            return nil
        }
        return entry.series
    }

    /// Whether nothing of a series changed since it was worked through, and its outputs are there.
    func isDone(_ series: RunSeries) -> Bool {
        guard journal.series[series.name]?.state == series.state else { return false }
        let entries = series.members.compactMap { journal.entries[$0.names.source] }
        guard entries.count == series.members.count, entries.allSatisfy(isThere) else {
            return false
        }
        seen += entries
        for (member, entry) in zip(series.members, entries) { note(entry, of: member) }
        quarantined += entries.count { $0.reason != nil }
        return true
    }

    private func isThere(_ entry: RunJournal.Entry) -> Bool {
        guard let release = entry.release else { return true }
        return FileManager.default.fileExists(
            atPath: output.root.appending(path: release.path).path
        )
    }

    /// Gives up what the inputs of a series had come to; files stay until the series is done.
    func begin(_ series: RunSeries) {
        for member in series.members {
            guard let path = journal.entries[member.names.source]?.release?.path else { continue }
            former[series.name, default: []].insert(path)
            claims[path, default: 1] -= 1
            if claims[path] == 0 { digests[path] = nil }
        }
    }

    /// Writes what is released, and notes it.
    func take(
        _ result: Result<ReleasedFile, QuarantineReason>,
        of member: RunSeries.Member,
        in series: RunSeries
    ) throws {
        var entry = RunJournal.Entry(
            source: member.names.source,
            state: member.names.state,
            series: series.name
        )
        switch result {
        case .success(let file): entry = try release(file, entry)
        case .failure(let reason):
            entry.reason = reason.code.rawValue
            entry.detail = reason.detail
        }
        try journal.add([entry])
        seen.append(entry)
        note(entry, of: member)
        if entry.reason != nil { quarantined += 1 }
    }

    private func note(_ entry: RunJournal.Entry, of member: RunSeries.Member) {
        guard let reason = entry.reason else { return }
        heldBack.append(
            HeldBackFile(path: member.source.path, reason: reason, detail: entry.detail ?? "")
        )
    }

    /// Notes that a series is done, and deletes what its inputs no longer come to.
    func finish(_ series: RunSeries, _ report: SeriesReport) throws {
        for path in former.removeValue(forKey: series.name) ?? [] where claims[path] == 0 {
            try? FileManager.default.removeItem(at: output.root.appending(path: path))
        }
        try journal.finish(
            RunJournal.Series(
                series: series.name,
                state: series.state,
                report: report,
                tool: FolderRun.tool
            )
        )
    }

    private func release(
        _ file: ReleasedFile,
        _ entry: RunJournal.Entry
    ) throws -> RunJournal.Entry {
        var entry = entry
        var name = file.sopInstanceUID
        let path = { "\(file.study)/\(file.series)/\(name).dcm" }
        if let other = digests[path()], other != file.outputDigest {
            // Two different images under one identifier: neither may be lost.
            name += "-" + file.outputDigest.prefix(12)
        }
        if digests[path()] == file.outputDigest {
            entry.isDuplicate = true
        } else {
            try output.write(file.bytes, to: path())
            digests[path()] = file.outputDigest
        }
        claims[path(), default: 0] += 1
        entry.release = RunJournal.Release(
            study: file.study,
            series: file.series,
            patient: file.patient,
            file: StudyManifest.File(
                path: "\(file.series)/\(name).dcm",
                sopInstanceUID: file.sopInstanceUID,
                inputDigest: file.inputDigest,
                outputDigest: file.outputDigest
            ),
            actions: file.actions
        )
        return entry
    }

    /// The programs that made what is there.
    var tools: [String] { journal.series.values.compactMap(\.tool) }

    /// The studies of all inputs known, ascending; duplicates count once.
    var studies: [Study] {
        let releases = Dictionary(
            journal.entries.values.compactMap(\.release).map { ($0.path, $0) },
            uniquingKeysWith: { $0.file.inputDigest < $1.file.inputDigest ? $0 : $1 }
        ).values
        let done = Dictionary(grouping: journal.series.values) { $0.report.seriesInstanceUID }
        return Dictionary(grouping: releases, by: \.study).sorted { $0.key < $1.key }.map {
            let series = Set($0.value.map(\.series)).sorted().flatMap { done[$0] ?? [] }
            return Study(
                uid: $0.key,
                patient: $0.value.map(\.patient).min() ?? "",
                files: $0.value.map(\.file),
                actions: ActionCount.sum($0.value.flatMap(\.actions)),
                series: series.map(\.report),
                tools: Set(series.map { $0.tool ?? FolderRun.tool }).sorted()
            )
        }
    }

    /// What the inputs of this run came to.
    func summary(
        of files: Int,
        alreadyDone: Int,
        studies: Int,
        seconds: Double
    ) -> RunSummary {
        RunSummary(
            files: files,
            released: seen.count { $0.release != nil && $0.isDuplicate != true },
            duplicates: seen.count { $0.isDuplicate == true },
            quarantined: quarantined,
            alreadyDone: alreadyDone,
            studies: studies,
            reasons: Self.tallies(seen),
            seconds: seconds
        )
    }

    /// How often each reason occurs.
    nonisolated static func tallies(
        _ entries: some Sequence<RunJournal.Entry>
    ) -> [DeidentificationReport.Tally] {
        var details: [String: Set<String>] = [:]
        var counts: [String: Int] = [:]
        for entry in entries {
            guard let reason = entry.reason else { continue }
            counts[reason, default: 0] += 1
            details[reason, default: []].insert(entry.detail ?? "")
        }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
            DeidentificationReport.Tally(
                reason: $0.key,
                detail: Self.text(of: details[$0.key] ?? []),
                count: $0.value
            )
        }
    }

    /// Up to two details, and how many others there are.
    private static func text(of details: Set<String>) -> String {
        let shown = details.sorted().prefix(2).joined(separator: " / ")
        return details.count > 2 ? "\(shown) / and \(details.count - 2) other details" : shown
    }
}
