import CanonicalJSON
import Crypto
import DICOM
package import Deidentification
import Federation
import Foundation
package import SiteStore

/// Reads what a site has de-identified and checks all of it against the signed manifests.
package struct SiteReportReader: Sendable {
    private let folder: SiteFolder
    private let store: SiteStore

    /// Prepares to read a site.
    package init(folder: SiteFolder, store: SiteStore) {
        self.folder = folder
        self.store = store
    }

    /// The report of all studies, as of a date in words; every copy on the disk is read.
    ///
    /// `samples` headers are shown before and after, as far as the originals are there; `seed`
    /// decides which.
    ///
    /// - Throws: ``AgentError`` if the site's keys or its source folder cannot be read.
    package func report(
        samples: Int,
        seed: UInt64,
        date: String
    ) async throws -> DeidentificationReport {
        let profile = try SiteProfile.read(from: folder.profile)
        let key = try SiteSetup.siteKey(of: folder).publicKey
        let files = try await store.files()
        let (manifests, damaged) = try await manifests(files, key)
        return DeidentificationReport(
            subject: DeidentificationReport.Subject(
                name: "\(profile.name) (\(profile.id))",
                date: date,
                tool: "fedagent \(SoftwareVersion.current)",
                isAudited: true,
                keySHA256: SHA256Digest(hashing: key.x963Representation).rawValue
            ),
            manifests: manifests,
            heldBackSeries: try await store.seriesRecords().map {
                try CanonicalDecoder().decode(SeriesReport.self, from: Array($0.report.utf8))
            },
            damaged: damaged,
            quarantine: Self.tallies(files),
            waiting: files.count { $0.state == .read || $0.state == .found },
            samples: samples > 0
                ? try self.samples(of: files, profile, count: samples, seed: seed) : []
        )
    }

    private func manifests(
        _ files: [FileRow],
        _ key: P256.Signing.PublicKey
    ) async throws -> ([StudyManifest], [DeidentificationReport.Damage]) {
        let admission = CohortAdmission(
            folder: folder,
            key: key,
            recorded: try await store.manifests()
        )
        var manifests: [StudyManifest] = []
        var damaged: [DeidentificationReport.Damage] = []
        let copies = Dictionary(grouping: files.filter(\.isVerified)) { $0.studyUID ?? "" }
        for (study, rows) in copies.sorted(by: { $0.key < $1.key }) {
            let listed = Dictionary(
                rows.map { ($0.sopInstanceUID ?? "", $0.sha256 ?? "") }
            ) { first, _ in first }
            do throws(CohortAdmission.Refusal) {
                _ = try admission.admit(study, copies: listed, readingCopies: true)
                manifests.append(try admission.manifest(of: study))
            } catch {
                damaged.append(
                    DeidentificationReport.Damage(study: study, what: "The study \(error.text).")
                )
            }
        }
        return (manifests, damaged)
    }

    private static func tallies(_ files: [FileRow]) -> [DeidentificationReport.Tally] {
        Dictionary(grouping: files.filter { $0.reason != nil }) { $0.reason ?? "" }.map {
            DeidentificationReport.Tally(
                reason: $0.key,
                detail: $0.value.map(\.detail).min() ?? "",
                count: $0.value.count
            )
        }
    }

    /// Headers of released files before and after, drawn by keyed digests.
    private func samples(
        of files: [FileRow],
        _ profile: SiteProfile,
        count: Int,
        seed: UInt64
    ) throws -> [[HeaderChange]] {
        let map = IdentifierMap(key: try SiteSetup.deidentificationKey(of: folder))
        let paths = try FilePaths(folder: folder, profile: profile)
        let drawn = files.filter(\.isVerified).map { row in
            (row, map.digest(Array("\(seed) \(row.name)".utf8), purpose: "sample"))
        }.sorted { $0.1 < $1.1 }
        return drawn.lazy.compactMap { row, _ -> [HeaderChange]? in
            guard let original = paths.url(ofName: row.name), let study = row.studyUID,
                let instance = row.sopInstanceUID,
                let before = Self.file(at: original),
                let after = Self.file(
                    at: folder.exam(study).appending(path: "\(instance).dcm")
                )
            else { return nil }
            return HeaderComparison.maskedChanges(from: before.dataSet, to: after.dataSet)
        }.prefix(count).map(\.self)
    }

    private static func file(at url: URL) -> DICOMFile? {
        guard let data = try? Data(contentsOf: url) else { return nil }
        return try? DICOMFile(reading: [UInt8](data))
    }
}
