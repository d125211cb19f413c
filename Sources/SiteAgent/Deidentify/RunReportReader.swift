import DICOM
package import Deidentification
import Federation
package import Foundation

/// Reads the output of a run back and checks it against its manifests.
package struct RunReportReader {
    private let output: URL

    /// Prepares to read a folder.
    package init(output: URL) { self.output = output }

    /// The report of all studies.
    ///
    /// - Throws: ``AgentError`` `bad-input` if the folder is no output of a run.
    package func report(samples: [[HeaderChange]]) throws -> DeidentificationReport {
        guard RunJournal.exists(below: output) else {
            throw AgentError(
                .badInput,
                "\(output.path) was not written by `fedagent deidentify run`"
            )
        }
        let journal = try RunJournal(below: output)
        var manifests: [StudyManifest] = []
        var damaged: [String] = []
        let names = try FileManager.default.contentsOfDirectory(atPath: output.path).sorted()
        for name in names where !name.hasPrefix(".") {
            let url = output.appending(path: name).appending(path: "manifest.json")
            guard let data = try? Data(contentsOf: url) else { continue }
            guard let signed = try? JSONDecoder().decode(SignedManifest.self, from: data),
                signed.isIntact, signed.manifest.files.allSatisfy({ isWhole($0, below: name) })
            else {
                damaged.append(name)
                continue
            }
            manifests.append(signed.manifest)
        }
        return DeidentificationReport(
            manifests: manifests,
            damagedStudies: damaged,
            quarantine: RunLedger.tallies(journal.entries.values),
            samples: samples
        )
    }

    private func isWhole(_ file: StudyManifest.File, below study: String) -> Bool {
        let url = output.appending(path: study).appending(path: file.path)
        guard let data = try? Data(contentsOf: url, options: .mappedIfSafe) else { return false }
        return file.outputDigest == SHA256Digest(hashing: [UInt8](data)).rawValue
    }

    /// Headers of released files before and after, chosen by their keyed names.
    package func samples(of input: URL, count: Int, key: RunKeys) throws -> [[HeaderChange]] {
        let journal = try RunJournal(below: output)
        let map = IdentifierMap(key: key.secret)
        let sources = try RunSource.all(at: input, exceptBelow: output).map { source in
            (source, map.digest(Array(source.path.utf8), purpose: "path"))
        }.sorted { $0.1 < $1.1 }
        return sources.lazy.compactMap { source, name -> [HeaderChange]? in
            guard let release = journal.entries[name]?.release,
                let before = try? DICOMFile(reading: source.bytes()),
                let after = Self.file(at: output.appending(path: release.path))
            else { return nil }
            return HeaderComparison.changes(from: before.dataSet, to: after.dataSet)
        }.prefix(max(0, count)).map(\.self)
    }

    private static func file(at url: URL) -> DICOMFile? {
        guard let data = try? Data(contentsOf: url) else { return nil }
        return try? DICOMFile(reading: [UInt8](data))
    }
}
