import Crypto
package import DICOM
import Deidentification
import Federation
import Foundation
package import SiteStore

/// The intake of a site: every series of the hospital's folder is de-identified and verified as a
/// whole or held back with a reason; labels and masks are joined on the original identifiers, in
/// memory, and stored under the new ones.
///
/// A series of which nothing changed is not done again, an interrupted intake goes on after the last
/// series that was done, and with nothing changed at all nothing is done. What was verified stays
/// valid under the version that made it.
package struct SiteIntake: Sendable {
    private let folder: SiteFolder
    private let site: SiteProfile
    private let rules: DeidentificationProfile
    private let tool: String
    /// What the site chose about de-identification: another choice is another copy.
    private let choice: String
    private let map: IdentifierMap
    private let names: QuarantineNames
    private let engine: SeriesEngine
    private let proofs: StudyProofs
    private let rest: Duration
    private let report: @Sendable (AgentEvent) -> Void

    /// How often files that still arrive are waited for.
    private static let waits = 6

    /// Prepares the intake of a site's folder.
    ///
    /// `decoder` decodes pixel data. `rest` is how long a file must not have changed to count as
    /// written; nil for 10 s, or none where the site is simulated.
    ///
    /// - Throws: ``AgentError`` `bad-configuration` if the site's keys, its profile of
    ///   de-identification or the certificate of a recipient cannot be used.
    package init(
        folder: SiteFolder,
        profile: SiteProfile,
        softwareVersion: String,
        decoder: any FrameDecoding = DirectFrameDecoder(),
        rest: Duration? = nil,
        report: @escaping @Sendable (AgentEvent) -> Void
    ) throws {
        let key = try SiteSetup.deidentificationKey(of: folder)
        self.folder = folder
        self.report = report
        self.rest = rest ?? (profile.source.kind == .simulated ? .zero : .seconds(10))
        site = profile
        rules = try profile.deidentificationRules()
        let recipients = profile.recipients ?? []
        let wayBack = recipients.isEmpty ? "" : ", for \(recipients.count) recipients"
        tool = "fedagent \(softwareVersion)\(wayBack)"
        choice = ([rules.choiceDigest] + recipients).joined(separator: "\n")
        map = IdentifierMap(key: key)
        names = QuarantineNames(map: map)
        engine = SeriesEngine(
            deidentifier: SeriesDeidentifier(
                profile: rules,
                key: key,
                toolVersion: "fedagent \(softwareVersion)",
                decoder: decoder,
                encryptedAttributes: try EnvelopeRecipients.encrypted(
                    for: recipients,
                    relativeTo: folder.root
                ),
                reader: TesseractReader()
            ),
            jobs: ProcessInfo.processInfo.activeProcessorCount
        )
        proofs = StudyProofs(
            folder: folder,
            key: try SiteSetup.siteKey(of: folder),
            profile: rules
        )
    }

    /// Brings the catalogue up to date.
    ///
    /// - Parameters:
    ///   - store: The site's database.
    ///   - again: Does every series anew; copies that were damaged get their bytes back.
    ///   - renewing: Does anew what was de-identified by earlier rules than those of this program.
    ///   - lock: The right to work on the folder, where the caller has it already.
    ///   - unsettled: Absolute paths of files that may still be written to, where somebody watches
    ///     the folder; nil looks for them by their time of change and waits for them.
    /// - Returns: False if nothing had changed.
    /// - Throws: ``AgentError`` if the source, the labels or the masks cannot be read, another
    ///   fedagent works on the folder, or a newer one did.
    @discardableResult
    package func run(
        into store: SiteStore,
        again: Bool = false,
        renewing: Bool = false,
        holding lock: SiteLock? = nil,
        leaving unsettled: Set<String>? = nil
    ) async throws -> Bool {
        let own = try lock == nil ? SiteLock(folder) : nil
        defer { own?.release() }
        try ProgramVersion.refuse(
            tool,
            after: try await store.files().map(\.tool),
            at: "site \(site.id)",
            hint: "install the newer version again; training goes on with the frozen cohort"
        )
        try await CohortRegister(store: store, folder: folder).keepLatest()
        var rest = SourceRest(unsettled: unsettled, rest: self.rest)
        var isChanged = false
        for turn in 0... {
            let (didChange, waiting) = try await bringUpToDate(
                store,
                again: again && turn == 0,
                renewing: renewing,
                &rest
            )
            isChanged = isChanged || didChange
            guard waiting > 0, unsettled == nil, turn < Self.waits else { break }
            report(.waiting(for: "\(waiting) series whose files are still being written"))
            try await Task.sleep(for: self.rest)
        }
        return isChanged
    }

    /// One turn; returns whether anything had changed, and the series that wait.
    private func bringUpToDate(
        _ store: SiteStore,
        again: Bool,
        renewing: Bool,
        _ rest: inout SourceRest
    ) async throws -> (isChanged: Bool, waiting: Int) {
        let known = Dictionary(
            uniqueKeysWithValues: try await store.files().map { ($0.name, $0) }
        )
        let files = try files(known, &rest)
        let inputs = try JoinInputs.read(site)
        let withdrawn = try await store.withdrawnPatients()
        let done = DoneSeries(
            folder: folder,
            records: try await store.seriesRecords(),
            admission: CohortAdmission(
                folder: folder,
                key: proofs.key.publicKey,
                recorded: try await store.manifests()
            ),
            maker: DoneSeries.Maker(tool: tool, rules: rules.digest, renews: renewing)
        )
        let fingerprint = fingerprint(files, inputs, withdrawn)
        let isRenewal = renewing && done.isOfEarlierRules(known.values.filter(\.isVerified))
        if !again, !isRenewal, try await store.lastIntake()?.fingerprint == fingerprint,
            done.isWhole(known.values)
        {
            return (false, 0)
        }
        let reader = HeaderReader(
            map: map,
            selection: rules.selection,
            withdrawn: Set(withdrawn)
        )
        let scan = IntakeScan(files, known: Set(known.keys), reader: reader, choice: choice)
        try await store.recordScan(scan.changed, vanished: scan.vanished)
        let pass = try await take(scan, again ? nil : done, into: store)
        try await join(pass, inputs, fingerprint, into: store)
        return (true, scan.series.count(where: \.isMoving))
    }

    /// The files of all source folders with what is known of them.
    private func files(
        _ known: [String: FileRow],
        _ rest: inout SourceRest
    ) throws -> [IntakeFile] {
        let digest = rules.digest
        return try SourceRoots(folder: folder, profile: site).all.flatMap { source in
            let root = HospitalFolder(source: source)
            return try root.files(isRequired: source.isRequired).map { file in
                let name = names.name(of: source.prefix + file.path)
                return IntakeFile(
                    folder: root,
                    path: file.path,
                    found: FileRow(
                        name: name,
                        fingerprint: file.fingerprint,
                        tool: tool,
                        profileDigest: digest
                    ),
                    known: known[name],
                    exclusion: file.exclusion,
                    isMoving: rest.isMoving(file, in: source)
                )
            }
        }
    }

    /// Everything that the outcome depends on.
    private func fingerprint(
        _ files: [IntakeFile],
        _ inputs: JoinInputs,
        _ withdrawn: [String]
    ) -> String {
        let lines =
            [tool, rules.digest, choice, inputs.fingerprint] + withdrawn
            + files.map {
                "\($0.found.name) \($0.found.fingerprint)\($0.isMoving ? " moving" : "")"
            }.sorted()
        return SHA256Digest(hashing: Array(lines.joined(separator: "\n").utf8)).rawValue
    }

    /// Takes what is done as it is, and does the rest series by series.
    private func take(
        _ scan: IntakeScan,
        _ done: DoneSeries?,
        into store: SiteStore
    ) async throws -> IntakePass {
        var pass = IntakePass(held: scan.held)
        let work = IntakeWork(scan.series, done)
        for one in work.finished { pass.add(one.series, one.rows, one.record) }
        for series in work.waiting {
            pass.add(series, series.waitingRows, done?.record(of: series))
        }
        let total = scan.held.count + scan.series.reduce(0) { $0 + $1.members.count }
        let left = work.open.reduce(0) { $0 + $1.members.count }
        let progress = IntakeProgress(
            done: total - left,
            total: total,
            held: pass.quarantined,
            report: report
        )
        let intake = SeriesIntake(engine: engine, folder: folder, map: map)
        for series in work.open {
            try Task.checkCancellation()
            let outcome = try await intake.take(series, progress)
            try await store.record(outcome.rows)
            let rows = outcome.rows.map(\.asVerified)
            pass.add(series, rows, outcome.record)
            let (copies, records) = pass.proof(ofStudy: series.studyUID)
            let manifest = try proofs.write(copies, series: records)
            try await store.record(rows, series: outcome.record, manifest: manifest)
        }
        return pass
    }

    /// Joins labels and masks, chooses and checks, and stores the catalogue as a whole.
    private func join(
        _ pass: IntakePass,
        _ inputs: JoinInputs,
        _ fingerprint: String,
        into store: SiteStore
    ) async throws {
        let latest = try await store.latestCohort()
        var before: DataChecks.PreviousCohort?
        if let latest {
            before = DataChecks.PreviousCohort(
                row: latest,
                exams: try await store.exams(ofCohort: latest.version)
            )
        }
        let joined = try JoinedCohort(
            pass: pass,
            inputs: inputs,
            folder: folder,
            admission: CohortAdmission(
                folder: folder,
                key: proofs.key.publicKey,
                recorded: try await store.manifests()
            ),
            previous: try await store.exams(),
            findings: try await store.findings()
        ).build(against: before, splits: try await store.splits())
        try await store.commit(joined.outcome(fingerprint: fingerprint))
        try DeidentifiedFolder(folder).sweep(keeping: joined.files)
    }
}

extension FileRow {
    /// The row of a copy that is written, once it is in a signed manifest.
    fileprivate var asVerified: FileRow {
        guard state == .deidentified else { return self }
        var row = self
        row.state = .verified
        return row
    }
}
