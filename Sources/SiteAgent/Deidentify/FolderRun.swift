package import Deidentification
package import Foundation

/// De-identifies a folder, series by series, so that it can be interrupted and gone on with.
package struct FolderRun: Sendable {
    private let input: URL
    private let output: URL
    private let profile: DeidentificationProfile
    private let keys: RunKeys
    private let jobs: Int
    private let deidentifier: SeriesDeidentifier
    private let report: @Sendable (RunProgress) -> Void

    /// The program in outputs and manifests.
    package static let tool = "fedagent \(SoftwareVersion.current)"

    /// Prepares a run.
    ///
    /// - Parameters:
    ///   - input: A folder, or one file.
    ///   - output: The folder to write to.
    ///   - profile: What may stay.
    ///   - keys: The secrets.
    ///   - jobs: How many files are worked on at once.
    ///   - deidentifier: What does the work; by ``tool``, the profile and the secret.
    ///   - report: Told how far the run is.
    package init(
        input: URL,
        output: URL,
        profile: DeidentificationProfile,
        keys: RunKeys,
        jobs: Int,
        deidentifier: SeriesDeidentifier,
        report: @escaping @Sendable (RunProgress) -> Void
    ) {
        self.input = input
        self.output = output
        self.profile = profile
        self.keys = keys
        self.jobs = jobs
        self.deidentifier = deidentifier
        self.report = report
    }

    /// Runs to the end.
    ///
    /// - Returns: What the run came to, and the inputs that are held back.
    /// - Throws: ``AgentError`` `bad-input` without input, `bad-configuration` if nothing can be
    ///   written, `try-again` while another program writes to the output, `refused-by-policy` if a
    ///   newer one has.
    package func execute() async throws -> (summary: RunSummary, heldBack: [HeldBackFile]) {
        let start = ContinuousClock.now
        let sources = try RunSource.all(at: input, exceptBelow: output)
        let output = try RunOutput(output)
        defer { output.release() }
        try OutputKey.check(output.root, IdentifierMap(key: keys.secret))
        let ledger = RunLedger(journal: try RunJournal(below: output.root), output: output)
        try ProgramVersion.refuse(Self.tool, after: await ledger.tools, at: output.root.path)
        let counter = RunCounter(total: sources.count, ledger: ledger, report: report)
        try await work(through: sources, ledger, counter)
        let studies = try writeManifests(await ledger.studies, to: output)
        let summary = await ledger.summary(
            of: sources.count,
            alreadyDone: counter.alreadyDone,
            studies: studies,
            seconds: (ContinuousClock.now - start) / .seconds(1)
        )
        return (summary, await ledger.heldBack)
    }

    /// Works through the series that are new or changed, `jobs` studies at once.
    private func work(
        through sources: [RunSource],
        _ ledger: RunLedger,
        _ counter: RunCounter
    ) async throws {
        let threads = WorkThreads(count: jobs)
        let series = try await series(of: sources, threads, ledger)
        let studies = Dictionary(grouping: series, by: \.study).sorted { $0.key < $1.key }
        let engine = SeriesEngine(deidentifier: deidentifier, threads: threads)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (place, study) in studies.enumerated() {
                if place >= jobs { try await group.next() }
                group.addTask {
                    for one in study.value.sorted(by: { $0.name < $1.name }) {
                        try await work(through: one, engine, ledger, counter)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private func work(
        through series: RunSeries,
        _ engine: SeriesEngine,
        _ ledger: RunLedger,
        _ counter: RunCounter
    ) async throws {
        if await ledger.isDone(series) {
            await counter.skip(series.members.count)
            return
        }
        await ledger.begin(series)
        let files = series.members.map { member in
            SeriesFile { () throws(QuarantineReason) in try member.source.bytes() }
        }
        let report = try await engine.run(files) {
            await counter.examined()
        } deliver: { number, result in
            try await ledger.take(
                result.map { ReleasedFile($0) },
                of: series.members[number],
                in: series
            )
            await counter.delivered()
        }
        try await ledger.finish(series, report)
    }

    /// Puts inputs together by the series they say they are of.
    private func series(
        of sources: [RunSource],
        _ threads: WorkThreads,
        _ ledger: RunLedger
    ) async throws -> [RunSeries] {
        let map = IdentifierMap(key: keys.secret)
        let rules = profile.digest
        var members: [RunSeries.Member] = []
        var known: [String?] = []
        for source in sources {
            let names = source.names(map: map, rules: rules)
            members.append(RunSeries.Member(source: source, names: names))
            known.append(await ledger.knownSeries(of: names))
        }
        var groups: [String: [RunSeries.Member]] = [:]
        let found = known
        try await threads.inOrder(sources.count) { number in
            found[number] ?? RunSeries.name(of: sources[number], map: map)
        } deliver: { number, name in
            groups[name, default: []].append(members[number])
        }
        return groups.map { RunSeries(name: $0.key, members: $0.value, map: map) }
    }

    /// Writes the manifest of each study whose files are not those of the one that is there.
    private func writeManifests(
        _ studies: [RunLedger.Study],
        to output: RunOutput
    ) throws -> Int {
        for study in studies {
            let manifest = StudyManifest(
                tool: study.tools.joined(separator: "; "),
                profile: profile,
                studyInstanceUID: study.uid,
                patient: study.patient,
                files: study.files,
                actions: study.actions,
                series: study.series
            )
            let url = ManifestFile.url(in: output.root.appending(path: study.uid))
            let signed = (try? Data(contentsOf: url)).flatMap {
                ManifestFile.manifest(of: [UInt8]($0))
            }
            if signed?.manifest == manifest, signed?.isIntact == true { continue }
            let bytes = try ManifestFile.bytes(SignedManifest(manifest, key: keys.signing))
            try output.write(bytes, to: "\(study.uid)/\(ManifestFile.name)")
        }
        return studies.count
    }
}
