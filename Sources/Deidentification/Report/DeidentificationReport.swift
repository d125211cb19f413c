/// What was done to how many files, what was held back and why, for people who must answer for it.
package struct DeidentificationReport: Sendable {
    /// How often a file was held back for a reason.
    package struct Tally: Hashable, Sendable, Codable {
        /// The reason, machine-readable.
        package let reason: String
        /// What was found, in technical words.
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

    /// A study that does not match its manifest.
    package struct Damage: Hashable, Sendable, Codable {
        /// The new Study Instance UID.
        package let study: String
        /// What is wrong, in words.
        package let what: String

        /// Makes a record.
        package init(study: String, what: String) {
            self.study = study
            self.what = what
        }
    }

    /// Whose data it is about, and how the report was made.
    package struct Subject: Hashable, Sendable, Codable {
        /// The site or folder.
        package let name: String
        /// When the report was made, such as `2026-11-28 15:10 UTC`.
        package let date: String
        /// The program and its version that made the report.
        package let tool: String
        /// Whether the manifests' roots are also in the audit log of a site.
        package let isAudited: Bool
        /// SHA-256 of the public key that must have signed, in hexadecimal; nil if any may have.
        package let keySHA256: String?

        /// Names a subject.
        package init(
            name: String,
            date: String,
            tool: String,
            isAudited: Bool,
            keySHA256: String?
        ) {
            self.name = name
            self.date = date
            self.tool = tool
            self.isAudited = isAudited
            self.keySHA256 = keySHA256
        }
    }

    /// Whose data it is about.
    package let subject: Subject
    /// The manifests that match their files, by ascending study.
    package let manifests: [StudyManifest]
    /// Studies that do not match.
    package let damaged: [Damage]
    /// What was held back, most often first.
    package let quarantine: [Tally]
    /// Files that are not worked on yet, as their series is still being written.
    package let waiting: Int
    /// Headers before and after, values masked.
    package let samples: [[HeaderChange]]
    let figures: ReportFigures

    /// Makes a report.
    ///
    /// `heldBackSeries` are those of which no file was released, so that no manifest lists them.
    package init(
        subject: Subject,
        manifests: [StudyManifest],
        heldBackSeries: [SeriesReport] = [],
        damaged: [Damage],
        quarantine: [Tally],
        waiting: Int = 0,
        samples: [[HeaderChange]]
    ) {
        self.subject = subject
        self.manifests = manifests.sorted { $0.studyInstanceUID < $1.studyInstanceUID }
        self.damaged = damaged.sorted { $0.study < $1.study }
        self.quarantine = quarantine.sorted { ($1.count, $0.reason) < ($0.count, $1.reason) }
        self.waiting = waiting
        self.samples = samples
        figures = ReportFigures(self.manifests, heldBackSeries: heldBackSeries)
    }

    /// Files that were held back.
    var heldBack: Int { quarantine.reduce(0) { $0 + $1.count } }

    /// The profiles in force with the programs that applied them, each once, by name.
    var rules: [(profile: DeidentificationProfile, digest: String, tool: String, studies: Int)] {
        let groups = Dictionary(grouping: manifests) { "\($0.profileDigest) \($0.tool)" }
        return groups.sorted { $0.key < $1.key }.compactMap { _, manifests in
            manifests.first.map {
                ($0.profile, $0.profileDigest, $0.tool, manifests.count)
            }
        }
    }

    /// The options in force, each once.
    var options: [DeidentificationProfile.Option] {
        manifests.reduce(into: Set()) { $0.formUnion($1.profile.options) }.sorted()
    }

    /// The checks that every released file passed, each once, in the order of the first manifest.
    var checks: [String] {
        manifests.reduce(into: []) { checks, manifest in
            checks += manifest.verification.filter { !checks.contains($0) }
        }
    }

    /// What was done, in one sentence.
    var summary: String {
        let images = figures.images.grouped
        return "\(images) image\(figures.images == 1 ? "" : "s") of \(manifests.count.grouped)"
            + " examination\(manifests.count == 1 ? "" : "s") of \(figures.patients.grouped)"
            + " patient\(figures.patients == 1 ? "" : "s") were de-identified and released."
            + " \(heldBack.grouped) file\(heldBack == 1 ? " was" : "s were") held back."
            + (waiting > 0 ? " \(waiting.grouped) files wait for the rest of their series." : "")
    }

    /// Whether all is well, in one sentence.
    var verdict: String {
        guard damaged.isEmpty else {
            return "\(damaged.count) examination\(damaged.count == 1 ? " does" : "s do") NOT match"
                + " the record of \(damaged.count == 1 ? "its" : "their") de-identification."
        }
        guard !manifests.isEmpty else { return "Nothing has been released." }
        return "Every released image was checked by a second, independent part of the program, and"
            + " matches the signed record of its examination."
    }
}

extension Int {
    /// The number with thousands apart, such as `12 345`.
    var grouped: String {
        var digits = String(abs(self))
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return (self < 0 ? "-" : "") + ([digits] + groups).joined(separator: "\u{202F}")
    }
}
