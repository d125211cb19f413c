import Crypto
import Foundation
package import SiteStore

/// Which exams a site trains on: the cohort frozen last, exactly as it was frozen.
package struct CohortRegister: Sendable {
    private let store: SiteStore
    private let folder: SiteFolder
    private let files: FrozenFiles

    /// The register of a site.
    package init(store: SiteStore, folder: SiteFolder) {
        self.store = store
        self.folder = folder
        files = FrozenFiles(folder)
    }

    /// What a withdrawal did.
    package struct Withdrawal: Sendable {
        /// The exams that left the catalogue.
        package let exams: Int
        /// The cohort without the patient; nil if the patient was in none.
        package let cohort: CohortRow?
        /// Every round that used a cohort with the patient.
        package let rounds: [RoundStart]
    }

    /// Freezes what the last intake found; the latest version if that is the same.
    ///
    /// Every copy is read and compared with its study's manifest. What the version is made of is kept
    /// apart from the working copies until the next one is frozen.
    ///
    /// - Throws: ``AgentError`` `bad-configuration` if there are no exams, `refused-by-policy` if a
    ///   study has no manifest, another one than was signed, or other copies than it lists.
    package func freeze() async throws -> CohortRow {
        let rows = try await store.exams()
        guard !rows.isEmpty else { throw Self.nothing }
        try await passAdmission(rows) { _ = try $0.admit($1) }
        let fingerprint = try CohortFingerprint(rows)
        let cohort = try await store.freeze(fingerprint.exams, fingerprint: fingerprint.root)
        let leaves = Dictionary(
            fingerprint.exams.map { ($0.studyUID, $0.leaf) }
        ) { first, _ in first }
        for row in rows {
            if let leaf = leaves[row.studyUID] { try files.keep(row, leaf: leaf) }
        }
        return cohort
    }

    /// Keeps what the latest version is made of, as far as the catalogue still has it, and removes
    /// what only older versions were made of.
    ///
    /// A version that was frozen before a crash, or by a program that kept nothing, is whole again
    /// before an intake may change a copy.
    func keepLatest() async throws {
        guard let cohort = try await store.latestCohort() else { return }
        let frozen = try await store.exams(ofCohort: cohort.version)
        if frozen.contains(where: { !files.has($0.leaf) }) {
            let present = try await presentRows()
            for exam in frozen where !files.has(exam.leaf) {
                // An exam with a lost copy is whole again only after the intake.
                guard let row = present[exam.leaf], try files.canKeep(row) else { continue }
                try files.keep(row, leaf: exam.leaf)
            }
        }
        try files.sweep(keeping: frozen.map(\.leaf))
    }

    /// The catalogue's exams by leaf.
    private func presentRows() async throws -> [String: ExamRow] {
        let rows = try await store.exams().sorted { $0.studyUID < $1.studyUID }
        let leaves = try CohortFingerprint(rows).exams.map(\.leaf)
        return Dictionary(zip(leaves, rows)) { first, _ in first }
    }

    /// The frozen exams; before the first freeze what the last intake found, with no version.
    ///
    /// - Throws: ``AgentError`` `bad-configuration` if there are none, or if one of them changed;
    ///   `refused-by-policy` if one has no manifest, or another one than was signed.
    package func current() async throws -> (version: Int?, fingerprint: String, rows: [ExamRow]) {
        guard let cohort = try await store.latestCohort() else {
            let rows = try await store.exams()
            guard !rows.isEmpty else { throw Self.nothing }
            try await passAdmission(rows) { try $0.confirm($1) }
            return (nil, try CohortFingerprint(rows).root, rows)
        }
        let frozen = try await store.exams(ofCohort: cohort.version)
        let kept = frozen.map { files.row($0.leaf) }
        let present = kept.contains { $0 == nil } ? try await presentRows() : [:]
        let found = zip(frozen, kept).compactMap { $1 ?? present[$0.leaf] }
        guard found.count == frozen.count else {
            throw AgentError(
                .badConfiguration,
                "cohort version \(cohort.version) cannot be used as it was frozen:"
                    + " \(frozen.count - found.count) of its \(frozen.count) exams are lost",
                hint:
                    "was \(folder.frozen.path) removed? `fedagent cohort show` has the difference;"
                    + " `fedagent cohort freeze` makes a version of what is there now"
            )
        }
        try await passAdmission(found) { try $0.confirm($1) }
        return (cohort.version, cohort.fingerprint, found)
    }

    /// Lets every exam pass ``CohortAdmission``, or none.
    private func passAdmission(
        _ rows: [ExamRow],
        _ check: (CohortAdmission, ExamRow) throws -> Void
    ) async throws {
        let admission = CohortAdmission(
            folder: folder,
            key: try SiteSetup.siteKey(of: folder).publicKey,
            recorded: try await store.manifests()
        )
        var refusals: [(study: String, why: CohortAdmission.Refusal)] = []
        for row in rows {
            do {
                try check(admission, row)
            } catch let refusal as CohortAdmission.Refusal {
                refusals.append((row.studyUID, refusal))
            }
        }
        guard let first = refusals.first else { return }
        let others = refusals.count > 1 ? ", and \(refusals.count - 1) more are refused" : ""
        throw AgentError(
            .refusedByPolicy,
            "study \(first.study) \(first.why.text) (\(first.why.rawValue))\(others):"
                + " no study enters a cohort without the proof of its de-identification",
            hint: first.why == .copyChanged
                ? "`fedagent intake --again` makes the copies anew from the source folder"
                : "`fedagent cohort build` de-identifies the study again from the source folder"
        )
    }

    /// Two frozen versions compared.
    ///
    /// - Throws: ``AgentError`` `bad-input` if there is no such version.
    package func difference(from before: Int, to after: Int) async throws -> CohortDifference {
        CohortDifference(
            from: (try await version(before), try await store.exams(ofCohort: before)),
            to: (try await version(after), try await store.exams(ofCohort: after))
        )
    }

    /// What shows that a study is in a frozen version.
    ///
    /// - Throws: ``AgentError`` `bad-input` if there is no such version, or the study is not in it.
    package func proof(of study: String, in version: Int) async throws -> CohortProof {
        let cohort = try await self.version(version)
        let exams = try await store.exams(ofCohort: version)
        let row = exams.first { $0.studyUID == study }.flatMap { files.row($0.leaf) }
        guard let proof = CohortProof(of: study, in: cohort, exams: exams, row: row) else {
            throw AgentError(
                .badInput,
                "study \(study) is not in cohort version \(version)",
                hint: "`fedagent cohort show --exams` lists the studies"
            )
        }
        return proof
    }

    /// A frozen version.
    private func version(_ number: Int) async throws -> CohortRow {
        let versions = try await store.cohorts()
        guard let row = versions.first(where: { $0.version == number }) else {
            throw AgentError(
                .badInput,
                versions.isEmpty
                    ? "nothing is frozen yet, so there is no version \(number)"
                    : "there is no cohort version \(number); the latest is"
                        + " \(versions.last?.version ?? 0)",
                hint: "`fedagent cohort show --versions` lists them"
            )
        }
        return row
    }

    /// Takes a patient out of the catalogue, of the next cohort version and of every later intake,
    /// and removes the de-identified copies.
    ///
    /// - Throws: ``AgentError`` `bad-input` if the site has no such patient.
    package func withdraw(patient: String) async throws -> Withdrawal {
        let lock = try SiteLock(folder)
        defer { lock.release() }
        let leaving = try await store.exams().filter { $0.patient == patient }
        let rounds = try await store.rounds(using: patient)
        let latest = try await store.latestCohort()
        let frozen = try await latest.asyncMap { try await store.exams(ofCohort: $0.version) } ?? []
        let known = try await store.withdrawnPatients().contains(patient)
        guard !leaving.isEmpty || frozen.contains(where: { $0.patient == patient }) || known else {
            throw AgentError(
                .badInput,
                "this site has no patient \(patient)",
                hint: "`fedagent cohort show --exams` lists the pseudonyms"
            )
        }
        let rest = frozen.filter { $0.patient != patient }
        let cohort = try await store.withdraw(
            patient: patient,
            remaining: rest.count == frozen.count
                ? nil : (rest, CohortFingerprint(rest).root)
        )
        try DeidentifiedFolder(folder).sweep(keeping: try await store.files())
        try await keepLatest()
        return Withdrawal(exams: leaving.count, cohort: cohort, rounds: rounds)
    }

    private static let nothing = AgentError(
        .badConfiguration,
        "this site has no cohort",
        hint: "run `fedagent cohort build` first"
    )
}

extension Optional {
    fileprivate func asyncMap<Result>(
        _ transform: (Wrapped) async throws -> Result
    ) async rethrows -> Result? {
        guard let self else { return nil }
        return try await transform(self)
    }
}
