import DICOM

/// Fetches the studies of a search from a DICOMweb server into the inbox, each instance once.
package struct WebPull: Sendable {
    private let client: WebClient
    private let search: StudySearch
    private let inbox: Inbox
    private let memory: any PullMemory
    private let retrieval: InstanceRetrieval
    private let connections: Int
    private let isAgain: Bool
    private let report: @Sendable (PullProgress) -> Void

    /// The most results asked for at once.
    private static let pageLimit = 200

    /// A pull.
    ///
    /// - Parameters:
    ///   - client: The server.
    ///   - search: What is fetched.
    ///   - inbox: Where it goes.
    ///   - memory: What was fetched before.
    ///   - connections: The most studies that are fetched at a time.
    ///   - isAgain: Fetches also what was fetched before.
    ///   - report: Hears of every series that is done.
    package init(
        _ client: WebClient,
        search: StudySearch,
        inbox: Inbox,
        memory: any PullMemory,
        connections: Int,
        isAgain: Bool = false,
        report: @escaping @Sendable (PullProgress) -> Void
    ) {
        self.client = client
        self.search = search
        self.inbox = inbox
        self.memory = memory
        retrieval = InstanceRetrieval(client: client, inbox: inbox)
        self.connections = connections
        self.isAgain = isAgain
        self.report = report
    }

    /// Counts what matches and fetches nothing.
    ///
    /// - Throws: ``WebError``.
    package func survey() async throws -> PullSurvey {
        let studies = try await studies()
        try await memory.remember([], requests: client.counts.take())
        return PullSurvey(
            studies.map {
                ($0.text(.studyDescription) ?? "", $0.int(Self.numberOfInstances) ?? 0)
            }
        )
    }

    /// Fetches what is not there yet; after an interruption the next run goes on.
    ///
    /// - Returns: What was done. Instances that could not be fetched are counted in `failed`.
    /// - Throws: ``WebError`` or ``InboxError`` where going on is useless.
    package func run() async throws -> PullProgress {
        try inbox.prepare()
        let board = PullBoard(report: report)
        do {
            let studies = try await studies()
            board.note { $0.studies = studies.count }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, study) in studies.enumerated() {
                    if index >= connections { try await group.next() }
                    group.addTask {
                        do {
                            try await fetch(study, board)
                        } catch let error as WebError where error.code == .notFound {
                            // It was removed after the search found it.
                            board.note { $0.failed["gone", default: 0] += 1 }
                        }
                    }
                }
                try await group.waitForAll()
            }
        } catch {
            // What was sent is on record even if the rest fails.
            try await memory.remember([], requests: client.counts.take())
            throw error
        }
        try await memory.remember([], requests: client.counts.take())
        return board.progress
    }

    // MARK: Levels

    private func studies() async throws -> [Attributes] {
        let web = WebSearch(client: client)
        var found: [String: Attributes] = [:]
        for query in search.queries() {
            let results = try await web.results(
                ["studies"],
                query,
                identifier: .studyInstanceUID,
                kind: .searchStudies,
                limit: Self.pageLimit
            )
            for study in results where search.wants(study: study) {
                found[study.uid(.studyInstanceUID)?.rawValue ?? ""] = study
            }
        }
        return found.sorted { $0.key < $1.key }.map(\.value)
    }

    private func fetch(_ study: Attributes, _ board: PullBoard) async throws {
        guard let uid = study.uid(.studyInstanceUID)?.rawValue else { return }
        let path = ["studies", uid, "series"]
        let all = try await WebSearch(client: client).results(
            path,
            // Body Part Examined and Series Description are not always returned unasked.
            [("includefield", "00180015"), ("includefield", "0008103E")],
            identifier: .seriesInstanceUID,
            kind: .searchSeries,
            limit: Self.pageLimit
        )
        for series in all where search.wants(series: series) {
            guard let seriesUID = series.uid(.seriesInstanceUID)?.rawValue else { continue }
            try await fetch(series, of: study, path + [seriesUID], board)
        }
        board.note { $0.studiesDone += 1 }
    }

    private func fetch(
        _ series: Attributes,
        of study: Attributes,
        _ path: [String],
        _ board: PullBoard
    ) async throws {
        let instances = try await WebSearch(client: client).results(
            path + ["instances"],
            identifier: .sopInstanceUID,
            kind: .searchInstances,
            limit: 5 * Self.pageLimit,
            expected: series.int(Self.numberOfSeriesInstances)
        )
        let context = study.digestText(Self.studyIdentity) + series.digestText(Self.seriesIdentity)
        var listed: [String: PulledInstance] = [:]
        for instance in instances {
            guard let uid = instance.uid(.sopInstanceUID)?.rawValue else { continue }
            listed[uid] = PulledInstance(
                name: inbox.name(of: uid),
                fingerprint: memory.digest(context + instance.digestText(instance.tags))
            )
        }
        let known = isAgain ? [:] : try await memory.fingerprints(of: listed.values.map(\.name))
        let missing = listed.filter { known[$0.value.name] != $0.value.fingerprint }
        board.note {
            $0.series += 1
            $0.known += listed.count - missing.count
        }
        try await retrieve(missing, all: listed.count, path, board)
    }

    /// Fetches a series as a whole if nothing of it is there, else instance by instance.
    private func retrieve(
        _ missing: [String: PulledInstance],
        all: Int,
        _ path: [String],
        _ board: PullBoard
    ) async throws {
        guard !missing.isEmpty else { return }
        var rest = missing
        if missing.count == all, all > 1 {
            let refused = try await attempt(path, .retrieveSeries, &rest, board)
            for (reason, count) in refused where reason != Self.cutShort {
                board.note { $0.failed[reason, default: 0] += count }
            }
            // What was refused would be refused again; what did not come is asked for.
            guard refused.keys.allSatisfy({ $0 == Self.cutShort }) else { return }
        }
        for uid in rest.keys.sorted() {
            let refused = try await attempt(
                path + ["instances", uid],
                .retrieveInstance,
                &rest,
                board
            )
            guard rest[uid] != nil else { continue }
            let reason = refused.keys.min() ?? "not-sent"
            board.note { $0.failed[reason, default: 0] += 1 }
        }
    }

    /// One retrieval, which takes what came out of `rest`.
    ///
    /// What came is remembered while more comes, so that an interruption costs one batch at most.
    private func attempt(
        _ path: [String],
        _ kind: RequestKind,
        _ rest: inout [String: PulledInstance],
        _ board: PullBoard
    ) async throws -> [String: Int] {
        var refused: [String: Int] = [:]
        var batch = PullBatch()
        do {
            refused = try await retrieval.fetch(path, kind: kind, wanted: Set(rest.keys)) { kept in
                batch.add(kept, rest.removeValue(forKey: kept.instance))
                if batch.isFull { try await remember(&batch, board) }
            }
        } catch let error as WebError where error.code == .notFound {
            refused["gone"] = kind == .retrieveSeries ? nil : 1
        }
        try await remember(&batch, board)
        return refused
    }

    private func remember(_ batch: inout PullBatch, _ board: PullBoard) async throws {
        let done = batch
        batch = PullBatch()
        try await memory.remember(done.instances, requests: client.counts.take())
        board.note { progress in
            progress.fetched += done.instances.count
            progress.bytes += done.bytes
        }
    }

    private static let cutShort = "cut-short"
    private static let numberOfInstances = Tag(0x0020, 0x1208)
    private static let numberOfSeriesInstances = Tag(0x0020, 0x1209)

    /// Attributes that change where a patient's or study's identity is corrected.
    private static let studyIdentity: [Tag] = [
        .studyDate, Tag(0x0008, 0x0030), .accessionNumber, .studyDescription,
        Tag(0x0010, 0x0010), .patientID, Tag(0x0010, 0x0030), Tag(0x0010, 0x0040),
    ]
    private static let seriesIdentity: [Tag] = [
        .modality, .bodyPartExamined, Tag(0x0008, 0x103E), Tag(0x0020, 0x0011),
    ]
}

/// Instances that are in the inbox and not remembered yet.
private struct PullBatch {
    private(set) var instances: [PulledInstance] = []
    private(set) var bytes = 0

    var isFull: Bool { instances.count >= 32 }

    mutating func add(_ kept: InstanceRetrieval.Kept, _ instance: PulledInstance?) {
        guard let instance else { return }
        instances.append(instance)
        bytes += kept.bytes
    }
}
