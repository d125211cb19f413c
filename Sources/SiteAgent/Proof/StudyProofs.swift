import CanonicalJSON
import Crypto
import Deidentification
import Federation
import Foundation
import SiteStore

/// Signs the manifests of a site's studies.
struct StudyProofs: Sendable {
    let folder: SiteFolder
    let key: P256.Signing.PrivateKey
    let profile: DeidentificationProfile

    /// Writes the manifest of a study in place of the one that is there, and returns what the
    /// catalogue remembers of it; nil if there is no copy.
    ///
    /// `copies` are the rows of all verified copies of the study, from all its `series`.
    func write(_ copies: [FileRow], series: [SeriesRecordRow]) throws -> ManifestRow? {
        guard let first = copies.first, let study = first.studyUID else { return nil }
        let manifest = try manifest(of: study, first.patient ?? "", copies, series)
        let bytes = try ManifestFile.bytes(try SignedManifest(manifest, key: key))
        let place = folder.exam(study)
        try DeidentifiedFolder.replace(ManifestFile.url(in: place), with: bytes)
        return ManifestRow(
            studyUID: study,
            root: manifest.root,
            sha256: SHA256Digest(hashing: bytes).rawValue,
            tool: manifest.tool,
            profileDigest: manifest.profileDigest,
            files: manifest.files.count
        )
    }

    private func manifest(
        of study: String,
        _ patient: String,
        _ copies: [FileRow],
        _ series: [SeriesRecordRow]
    ) throws -> StudyManifest {
        let decoder = CanonicalDecoder()
        let actions = try series.flatMap {
            try decoder.decode([ActionCount].self, from: Array($0.actions.utf8))
        }
        return StudyManifest(
            tool: Set(copies.map(\.tool)).sorted().joined(separator: "; "),
            profile: profile,
            studyInstanceUID: study,
            patient: patient,
            files: copies.compactMap(Self.file),
            actions: ActionCount.sum(actions),
            series: try series.map {
                try decoder.decode(SeriesReport.self, from: Array($0.report.utf8))
            }
        )
    }

    private static func file(_ row: FileRow) -> StudyManifest.File? {
        guard let instance = row.sopInstanceUID, let input = row.inputDigest,
            let output = row.sha256
        else { return nil }
        return StudyManifest.File(
            path: "\(instance).dcm",
            sopInstanceUID: instance,
            inputDigest: input,
            outputDigest: output
        )
    }
}
