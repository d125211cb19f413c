import Crypto
import DICOM
import Deidentification
import Foundation
import SiteAgent

/// Reads the output of a run back and checks it against its manifests.
struct DeidentifyReportReader {
    let output: URL

    /// The report of all studies.
    ///
    /// - Throws: ``AgentError`` `bad-input` if the folder is no output of a run.
    func report(samples: [[HeaderChange]]) throws -> DeidentificationReport {
        let place = output.appending(path: ".fedagent/journal.jsonl").path
        guard FileManager.default.fileExists(atPath: place) else {
            throw AgentError(
                .badInput,
                "\(output.path) was not written by `fedagent deidentify run`"
            )
        }
        let journal = try DeidentifyJournal(below: output)
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
            quarantine: DeidentifyLedger.tallies(journal.entries.values),
            samples: samples
        )
    }

    private func isWhole(_ file: StudyManifest.File, below study: String) -> Bool {
        let url = output.appending(path: study).appending(path: file.path)
        guard let data = try? Data(contentsOf: url, options: .mappedIfSafe) else { return false }
        let digest = SHA256.hash(data: data)
        return file.outputDigest
            == digest.map { byte in
                let digits = String(byte, radix: 16)
                return digits.count == 1 ? "0" + digits : digits
            }.joined()
    }

    /// Headers of released files before and after, chosen by their keyed names.
    func samples(of input: URL, count: Int, key: DeidentifyKeys) throws -> [[HeaderChange]] {
        let journal = try DeidentifyJournal(below: output)
        let map = IdentifierMap(key: key.secret)
        let sources = try DeidentifySource.all(at: input, exceptBelow: output).map { source in
            (source, map.digest(Array(source.path.utf8), purpose: "path"))
        }.sorted { $0.1 < $1.1 }
        return sources.lazy.compactMap { source, name -> [HeaderChange]? in
            guard let release = journal.entries[name]?.release,
                let before = try? DeidentifyRun.read(source.url),
                let after = try? DeidentifyRun.read(output.appending(path: release.path))
            else { return nil }
            return HeaderComparison.changes(from: before.dataSet, to: after.dataSet)
        }.prefix(max(0, count)).map(\.self)
    }
}
