import Crypto
import DICOM
import Deidentification
import Foundation
import SiteAgent

/// De-identifies a folder: reads, works on a few files at once, writes in the order of the paths.
struct DeidentifyRun {
    /// What a run came to.
    struct Summary: Codable {
        let files: Int
        let released: Int
        let duplicates: Int
        let quarantined: Int
        let alreadyDone: Int
        let studies: Int
        let reasons: [DeidentificationReport.Tally]
        let seconds: Double

        private enum CodingKeys: String, CodingKey {
            case files, released, duplicates, quarantined, studies, reasons, seconds
            case alreadyDone = "already_done"
        }

        var text: String {
            let lines =
                [
                    "\(files) files: \(released) released, \(quarantined) held back, "
                        + "\(duplicates) duplicates; \(alreadyDone) were done before",
                    "\(studies) studies",
                ] + reasons.map { "  \($0.count)  \($0.reason): \($0.detail)" }
            return lines.joined(separator: "\n")
        }
    }

    /// The program in outputs and manifests.
    static let tool = "fedagent \(Version.text)"

    let input: URL
    let output: URL
    let profile: DeidentificationProfile
    var encryptedAttributes: EncryptedAttributes?
    let keys: DeidentifyKeys
    let jobs: Int

    /// Runs to the end.
    ///
    /// - Throws: ``AgentError`` `bad-input` without input, `bad-configuration` if nothing can be
    ///   written.
    func execute() async throws -> Summary {
        let start = ContinuousClock.now
        let sources = try DeidentifySource.all(at: input, exceptBelow: output)
        do {
            try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
        } catch {
            throw AgentError(.badConfiguration, "\(output.path) cannot be made")
        }
        var ledger = DeidentifyLedger(
            journal: try DeidentifyJournal(below: output),
            output: output
        )
        let done = try await work(through: sources, &ledger)
        let studies = try writeManifests(ledger)
        return ledger.summary(
            of: sources.count,
            alreadyDone: done,
            studies: studies,
            seconds: (ContinuousClock.now - start) / .seconds(1)
        )
    }

    /// Works through the inputs that are new or changed; returns the number of the others.
    private func work(
        through sources: [DeidentifySource],
        _ ledger: inout DeidentifyLedger
    ) async throws -> Int {
        let map = IdentifierMap(key: keys.secret)
        let worker = DeidentifyWorker(
            deidentifier: Deidentifier(
                profile: profile,
                key: keys.secret,
                toolVersion: Self.tool,
                decoder: try PixelDecoding.confined(),
                encryptedAttributes: encryptedAttributes
            ),
            map: map
        )
        let rules = profile.digest
        var progress = DeidentifyProgress(total: sources.count)
        var waiting: [(DeidentifySource, DeidentifySource.Names)] = []
        var position = 0
        var fresh = 0
        for source in sources {
            position += 1
            let names = source.names(map: map, rules: rules)
            if ledger.isDone(names) {
                progress.show(done: position, fresh: fresh, quarantined: ledger.quarantined)
            } else {
                waiting.append((source, names))
            }
            guard waiting.count >= jobs * 4 || position == sources.count else { continue }
            fresh += waiting.count
            let results = await worker.results(of: waiting, jobs: jobs)
            try ledger.take(results)
            waiting = []
            progress.show(done: position, fresh: fresh, quarantined: ledger.quarantined)
        }
        return sources.count - fresh
    }

    /// Writes the manifest of each study whose files are not those of the one that is there.
    private func writeManifests(_ ledger: DeidentifyLedger) throws -> Int {
        let studies = ledger.studies
        for study in studies {
            let manifest = StudyManifest(
                tool: Self.tool,
                profile: profile,
                studyInstanceUID: study.uid,
                patient: study.patient,
                files: study.files,
                actions: study.actions
            )
            let url = output.appending(path: study.uid).appending(path: "manifest.json")
            let signed = (try? Data(contentsOf: url)).flatMap {
                try? JSONDecoder().decode(SignedManifest.self, from: $0)
            }
            if signed?.manifest == manifest, signed?.isIntact == true { continue }
            try Terminal.json(SignedManifest(manifest, key: keys.signing))
                .write(to: url, options: .atomic)
        }
        return studies.count
    }

    /// Reads a file as DICOM.
    static func read(_ url: URL) throws -> DICOMFile {
        guard let data = try? Data(contentsOf: url, options: .mappedIfSafe) else {
            throw QuarantineReason(.unreadable, "the file cannot be opened")
        }
        do throws(DICOMError) { return try DICOMFile(reading: [UInt8](data)) } catch {
            throw QuarantineReason(error)
        }
    }
}
