/// What was done to how many files, what was held back and why, for people who must answer for it.
package struct DeidentificationReport: Sendable {
    /// How often a reason occurred.
    package struct Tally: Hashable, Sendable, Codable {
        /// The reason, machine-readable.
        package let reason: String
        /// What it means.
        package let detail: String
        /// How often.
        package let count: Int

        /// Makes a tally.
        package init(reason: String, detail: String, count: Int) {
            self.reason = reason
            self.detail = detail
            self.count = count
        }
    }

    /// The manifests, by ascending study.
    package let manifests: [StudyManifest]
    /// Studies whose signature or files do not match their manifest.
    package let damagedStudies: [String]
    /// What was held back, by reason.
    package let quarantine: [Tally]
    /// Headers before and after, values masked.
    package let samples: [[HeaderChange]]

    /// Makes a report.
    package init(
        manifests: [StudyManifest],
        damagedStudies: [String],
        quarantine: [Tally],
        samples: [[HeaderChange]]
    ) {
        self.manifests = manifests.sorted { $0.studyInstanceUID < $1.studyInstanceUID }
        self.damagedStudies = damagedStudies.sorted()
        self.quarantine = quarantine.sorted { ($1.count, $0.reason) < ($0.count, $1.reason) }
        self.samples = samples
    }

    var fileCount: Int { manifests.reduce(0) { $0 + $1.files.count } }
    var patientCount: Int { Set(manifests.map(\.patient)).count }
    var heldBackCount: Int { quarantine.reduce(0) { $0 + $1.count } }

    /// The options in force, each once.
    var options: [DeidentificationProfile.Option] {
        manifests.reduce(into: Set()) { $0.formUnion($1.profile.options) }.sorted()
    }

    /// How many files had something of each kind done to them, over all attributes.
    var actionTotals: [(action: ActionCount.Action, count: Int)] {
        ActionCount.Action.allCases.map { action in
            let counts = manifests.flatMap(\.actions).filter { $0.action == action }
            return (action, counts.reduce(0) { $0 + $1.count })
        }
    }

    /// The report as plain text.
    package var text: String {
        var lines = [
            "De-identification report", "",
            "\(fileCount) files of \(manifests.count) studies of \(patientCount) patients released",
            "\(heldBackCount) files held back",
            damagedStudies.isEmpty
                ? "every manifest is signed and matches its files"
                : "\(damagedStudies.count) studies DO NOT MATCH their manifests:",
        ]
        lines += damagedStudies.map { "  " + $0 }
        lines += ["", "Profile (PS3.15 Annex E):"]
        lines += options.map { "  \($0.rawValue)  \($0.codeMeaning)" }
        lines += ["", "Held back:"]
        lines += quarantine.map { "  \($0.count)  \($0.reason): \($0.detail)" }
        if !pixelTotals.isEmpty {
            lines += ["", "Pixels (\(secondReaders)):"]
            lines += pixelTotals.map { "  \($0.count)  \($0.what)" }
            lines += leastFaceDistances.map {
                "  \($0.millimetres) mm at least from the old surface: \($0.part)"
            }
        }
        lines += ["", "Attributes, all files together:"]
        lines += actionTotals.map { "  \($0.count)  \($0.action.rawValue)" }
        for (index, sample) in samples.enumerated() {
            lines += ["", "Sample \(index + 1), values masked:"]
            lines += sample.map(Self.line)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// One attribute as a line.
    package static func line(_ change: HeaderChange) -> String {
        let action = change.action.rawValue
        let padding = String(repeating: " ", count: max(1, 9 - action.count))
        let value =
            change.action == .kept ? change.after : "\(change.before) -> \(change.after)"
        return "  \(action)\(padding)\(change.path) \(change.keyword)  \(value)"
    }
}
