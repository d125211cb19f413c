import DICOM
package import Deidentification
import Federation
package import Foundation

/// Reads the output of a run back and checks it against its manifests.
package struct RunReportReader {
    private let output: URL

    /// Prepares to read a folder.
    package init(output: URL) { self.output = output }

    /// The report of all studies, as of a date in words; every file is read.
    ///
    /// - Throws: ``AgentError`` `bad-input` if the folder is no output of a run.
    package func report(date: String, samples: [[HeaderChange]]) throws -> DeidentificationReport {
        guard RunJournal.exists(below: output) else {
            throw AgentError(
                .badInput,
                "\(output.path) is neither an output of `fedagent deidentify run` nor a site's folder",
                hint: "check the path"
            )
        }
        let journal = try RunJournal(below: output)
        var manifests: [StudyManifest] = []
        var damaged: [DeidentificationReport.Damage] = []
        var signers: Set<String> = []
        for study in Set(journal.entries.values.compactMap { $0.release?.study }).sorted() {
            switch manifest(of: study) {
            case .success(let signed):
                manifests.append(signed.manifest)
                signers.insert(signed.publicKey)
            case .failure(let refusal):
                damaged.append(
                    DeidentificationReport.Damage(study: study, what: "The study \(refusal.text).")
                )
            }
        }
        return DeidentificationReport(
            subject: DeidentificationReport.Subject(
                name: "Folder \(output.lastPathComponent)",
                date: date,
                tool: FolderRun.tool,
                isAudited: false,
                keySHA256: signers.count == 1 ? signers.first.flatMap(Self.fingerprint) : nil
            ),
            manifests: manifests,
            heldBackSeries: journal.series.values.map(\.report),
            damaged: damaged,
            quarantine: RunLedger.tallies(journal.entries.values),
            samples: samples
        )
    }

    private func manifest(
        of study: String
    ) -> Result<SignedManifest, CohortAdmission.Refusal> {
        let folder = output.appending(path: study)
        guard let data = try? Data(contentsOf: ManifestFile.url(in: folder)) else {
            return .failure(.noManifest)
        }
        guard let signed = ManifestFile.manifest(of: [UInt8](data)), signed.isIntact,
            signed.manifest.hasOwnRoot, signed.manifest.studyInstanceUID == study
        else { return .failure(.manifestTampered) }
        let isWhole = ManifestFile.damagedFiles(of: signed.manifest, in: folder).isEmpty
        return isWhole ? .success(signed) : .failure(.copyChanged)
    }

    /// SHA-256 of a public key.
    private static func fingerprint(_ publicKey: String) -> String? {
        SignedManifest.keyBytes(publicKey).map { SHA256Digest(hashing: $0).rawValue }
    }

    /// Headers of released files before and after with masked values, drawn by keyed digests.
    package func samples(
        of input: URL,
        count: Int,
        seed: UInt64,
        key: RunKeys
    ) throws -> [[HeaderChange]] {
        let journal = try RunJournal(below: output)
        let map = IdentifierMap(key: key.secret)
        let sources = try RunSource.all(at: input, exceptBelow: output).map { source in
            let name = map.digest(Array(source.path.utf8), purpose: "path")
            return (source, name, map.digest(Array("\(seed) \(name)".utf8), purpose: "sample"))
        }.sorted { $0.2 < $1.2 }
        return sources.lazy.compactMap { source, name, _ -> [HeaderChange]? in
            guard let release = journal.entries[name]?.release,
                let before = try? DICOMFile(reading: source.bytes()),
                let after = Self.file(at: output.appending(path: release.path))
            else { return nil }
            return HeaderComparison.maskedChanges(from: before.dataSet, to: after.dataSet)
        }.prefix(max(0, count)).map(\.self)
    }

    private static func file(at url: URL) -> DICOMFile? {
        guard let data = try? Data(contentsOf: url) else { return nil }
        return try? DICOMFile(reading: [UInt8](data))
    }
}
