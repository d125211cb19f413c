package import DICOM
import Deidentification
import Federation
import Foundation
import HeadCT
package import SiteStore

/// The intake of a site: every file of the hospital's folder is de-identified or held back with a
/// reason; labels and masks are joined on the original identifiers, in memory, and stored under the
/// new ones.
///
/// Files that did not change are not de-identified again, an interrupted intake goes on where it
/// stopped, and with nothing changed at all nothing is done.
package struct SiteIntake: Sendable {
    private let folder: SiteFolder
    private let profile: SiteProfile
    private let deidentifier: Deidentifier
    private let names: QuarantineNames
    private let method: String
    private let report: @Sendable (AgentEvent) -> Void

    /// Rows are stored this many at a time.
    private static let batchSize = 128

    /// Prepares the intake of a site's folder.
    ///
    /// - Throws: ``AgentError`` `bad-configuration` if the site's key or the certificate of a
    ///   recipient cannot be used.
    package init(
        folder: SiteFolder,
        profile: SiteProfile,
        softwareVersion: String,
        decoder: any FrameDecoding = DirectFrameDecoder(),
        report: @escaping @Sendable (AgentEvent) -> Void
    ) throws {
        let key = try SiteSetup.deidentificationKey(of: folder)
        let rules = DeidentificationProfile.training
        self.folder = folder
        self.profile = profile
        self.report = report
        names = QuarantineNames(map: IdentifierMap(key: key))
        let wayBack = profile.recipients.map { ", for \($0.count) recipients" } ?? ""
        method =
            "fedagent \(softwareVersion), \(rules.name) \(rules.digest.prefix(12))\(wayBack)"
        deidentifier = Deidentifier(
            profile: rules,
            key: key,
            toolVersion: "fedagent \(softwareVersion)",
            decoder: decoder,
            encryptedAttributes: try EnvelopeRecipients.encrypted(
                for: profile.recipients ?? [],
                relativeTo: folder.root
            )
        )
    }

    /// Brings the catalogue up to date.
    ///
    /// - Parameters:
    ///   - store: The site's database.
    ///   - again: Reads every file anew; copies that were damaged get their bytes back.
    ///   - lock: The right to work on the folder, where the caller has it already.
    ///   - unsettled: Absolute paths of files that may still be written to.
    /// - Returns: False if nothing had changed.
    /// - Throws: ``AgentError`` if the source, the labels or the masks cannot be read, or another
    ///   fedagent works on the folder.
    @discardableResult
    package func run(
        into store: SiteStore,
        again: Bool = false,
        holding lock: SiteLock? = nil,
        leaving unsettled: Set<String>? = nil
    ) async throws -> Bool {
        let own = try lock == nil ? SiteLock(folder) : nil
        defer { own?.release() }
        let source = HospitalFolder(root: try sourceFolder())
        let files = try source.files()
        let inputs = try JoinInputs.read(profile)
        let withdrawn = try await store.withdrawnPatients()
        let reader = InstanceReader(
            source: source,
            folder: folder,
            deidentifier: deidentifier,
            withdrawn: Set(withdrawn)
        )
        let known = Dictionary(
            uniqueKeysWithValues: try await store.files().map { ($0.name, $0) }
        )
        let fingerprint = fingerprint(files, inputs, withdrawn)
        if !again, try await store.lastIntake()?.fingerprint == fingerprint,
            known.values.allSatisfy({ !$0.isVerified || reader.hasCopy($0) })
        {
            return false
        }
        let scan = IntakeScan(files: files, known: known, method: method, names: names) {
            !again && reader.hasCopy($0)
        }
        try await store.recordScan(scan.changed, vanished: scan.vanished)
        let pass = try await take(scan, reader, into: store)
        let joined = try JoinedCohort(
            pass: pass,
            inputs: inputs,
            folder: folder,
            previous: try await store.exams(),
            findings: try await store.findings()
        ).build(against: try await store.latestCohort())
        try await store.commit(joined.outcome(fingerprint: fingerprint))
        try DeidentifiedFolder(folder).sweep(keeping: joined.files)
        return true
    }

    private func sourceFolder() throws -> URL {
        guard let path = profile.source.path else {
            throw AgentError(
                .badConfiguration,
                "site \(profile.id) has no source path",
                hint: "run `fedagent source simulate` or set source.path in site.yaml"
            )
        }
        return URL(filePath: path)
    }

    /// Everything that the outcome depends on.
    private func fingerprint(
        _ files: [HospitalFolder.File],
        _ inputs: JoinInputs,
        _ withdrawn: [String]
    ) -> String {
        let lines =
            [method, inputs.fingerprint] + withdrawn
            + files.map { "\(names.name(of: $0.path)) \($0.fingerprint)" }.sorted()
        return SHA256Digest(hashing: Array(lines.joined(separator: "\n").utf8)).rawValue
    }

    private func take(
        _ scan: IntakeScan,
        _ reader: InstanceReader,
        into store: SiteStore
    ) async throws -> IntakePass {
        var pass = IntakePass()
        var batch: [FileRow] = []
        for (index, item) in scan.items.enumerated() {
            try Task.checkCancellation()
            let outcome =
                item.isChanged
                ? reader.take(item.path, item.row, copies: pass.copies)
                : reader.again(item.path, item.row, copies: pass.copies)
            let row = pass.add(outcome)
            if item.isChanged { batch.append(row) }
            if batch.count == Self.batchSize || index == scan.items.count - 1 {
                try await store.record(batch)
                batch = []
            }
            report(
                .intake(
                    done: index + 1,
                    total: scan.items.count,
                    quarantined: pass.quarantined
                )
            )
        }
        return pass
    }
}
