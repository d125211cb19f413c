import Deidentification
import Foundation
import SiteAgent

/// What is in the output: written files, and what the journal says of each input.
struct DeidentifyLedger {
    /// A study of the output.
    struct Study {
        let uid: String
        let patient: String
        let files: [StudyManifest.File]
        let actions: [ActionCount]
    }

    private var journal: DeidentifyJournal
    private let output: URL
    private var seen: [DeidentifyJournal.Entry] = []
    /// The outputs' digests by path, of all inputs.
    private var digests: [String: String]

    init(journal: DeidentifyJournal, output: URL) {
        self.journal = journal
        self.output = output
        digests = journal.entries.values.reduce(into: [:]) { digests, entry in
            if let release = entry.release { digests[release.path] = release.file.outputDigest }
        }
    }

    /// The inputs of this run that were held back.
    var quarantined: Int { seen.count { $0.reason != nil } }

    /// Whether nothing of an input changed since it was worked on, and its output is there.
    mutating func isDone(_ names: DeidentifySource.Names) -> Bool {
        guard let entry = journal.entries[names.source], entry.state == names.state else {
            return false
        }
        if let release = entry.release,
            !FileManager.default.fileExists(atPath: output.appending(path: release.path).path)
        {
            return false
        }
        seen.append(entry)
        return true
    }

    /// Writes what is released, and notes it all.
    mutating func take(_ outcomes: [DeidentifyWorker.Outcome]) throws {
        var entries: [DeidentifyJournal.Entry] = []
        for outcome in outcomes {
            var entry = DeidentifyJournal.Entry(
                source: outcome.names.source,
                state: outcome.names.state
            )
            forget(entry.source)
            switch outcome.result {
            case .success(let instance):
                entry = try release(instance, entry)
            case .failure(let reason):
                entry.reason = reason.code.rawValue
                entry.detail = reason.detail
            }
            entries.append(entry)
        }
        try journal.add(entries)
        seen += entries
    }

    /// Deletes what an input that changed had come to, unless another input came to the same.
    private mutating func forget(_ source: String) {
        guard let release = journal.entries[source]?.release else { return }
        let isShared = journal.entries.contains {
            $0.key != source && $0.value.release?.path == release.path
        }
        guard !isShared else { return }
        digests[release.path] = nil
        try? FileManager.default.removeItem(at: output.appending(path: release.path))
    }

    private mutating func release(
        _ instance: DeidentifyWorker.Instance,
        _ entry: DeidentifyJournal.Entry
    ) throws -> DeidentifyJournal.Entry {
        var entry = entry
        var name = instance.sopInstanceUID
        let path = { "\(instance.study)/\(instance.series)/\(name).dcm" }
        if let other = digests[path()], other != instance.outputDigest {
            // Two different images under one identifier: neither may be lost.
            name += "-" + instance.outputDigest.prefix(12)
        }
        if digests[path()] == instance.outputDigest {
            entry.isDuplicate = true
        } else {
            try write(instance.bytes, to: output.appending(path: path()))
            digests[path()] = instance.outputDigest
        }
        entry.release = DeidentifyJournal.Release(
            study: instance.study,
            series: instance.series,
            patient: instance.patient,
            file: StudyManifest.File(
                path: "\(instance.series)/\(name).dcm",
                sopInstanceUID: instance.sopInstanceUID,
                inputDigest: instance.inputDigest,
                outputDigest: instance.outputDigest
            ),
            actions: instance.actions
        )
        return entry
    }

    /// Writes under another name first, so that a file that is there is whole.
    private func write(_ bytes: [UInt8], to url: URL) throws {
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(bytes).write(to: url, options: .atomic)
        } catch {
            throw AgentError(.failed, "\(url.path) cannot be written: is the disk full?")
        }
    }

    /// The studies of all inputs known, ascending; duplicates count once.
    var studies: [Study] {
        let releases = Dictionary(
            journal.entries.values.compactMap(\.release).map { ($0.path, $0) },
            uniquingKeysWith: { $0.file.inputDigest < $1.file.inputDigest ? $0 : $1 }
        ).values
        return Dictionary(grouping: releases, by: \.study).sorted { $0.key < $1.key }.map {
            Study(
                uid: $0.key,
                patient: $0.value.map(\.patient).min() ?? "",
                files: $0.value.map(\.file),
                actions: Self.sum($0.value.flatMap(\.actions))
            )
        }
    }

    private static func sum(_ counts: [ActionCount]) -> [ActionCount] {
        var sums: [String: [ActionCount.Action: Int]] = [:]
        for count in counts {
            sums[count.tag, default: [:]][count.action, default: 0] += count.count
        }
        return sums.sorted { $0.key < $1.key }.flatMap { tag, actions in
            actions.sorted { $0.key < $1.key }.map {
                ActionCount(tag: tag, action: $0.key, count: $0.value)
            }
        }
    }

    /// What the inputs of this run came to.
    func summary(
        of files: Int,
        alreadyDone: Int,
        studies: Int,
        seconds: Double
    ) -> DeidentifyRun.Summary {
        DeidentifyRun.Summary(
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
    static func tallies(
        _ entries: some Sequence<DeidentifyJournal.Entry>
    ) -> [DeidentificationReport.Tally] {
        var details: [String: String] = [:]
        var counts: [String: Int] = [:]
        for entry in entries {
            guard let reason = entry.reason else { continue }
            counts[reason, default: 0] += 1
            details[reason] = min(details[reason] ?? entry.detail ?? "", entry.detail ?? "")
        }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
            DeidentificationReport.Tally(
                reason: $0.key,
                detail: details[$0.key] ?? "",
                count: $0.value
            )
        }
    }
}
