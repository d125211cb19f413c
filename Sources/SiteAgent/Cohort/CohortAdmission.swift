package import Crypto
import Deidentification
import Federation
import Foundation
package import SiteStore

/// The door of the cohort: a study passes only with a manifest that this site signed, that the
/// catalogue remembers, and that lists exactly the copies the study is to be trained on.
///
/// An ``AdmittedStudy`` can be made nowhere else.
package struct CohortAdmission: Sendable {
    /// Why a study does not pass; raw values are stable and kebab-case.
    package enum Refusal: String, Error, Sendable, Hashable, CaseIterable {
        /// There is no manifest, or none that the catalogue knows of.
        case noManifest = "no-manifest"
        /// The manifest is not the one that was recorded, or its signature does not fit.
        case manifestTampered = "manifest-tampered"
        /// Another key than this site's signed the manifest.
        case manifestForeign = "manifest-foreign"
        /// The manifest does not list one of the copies, or with another digest.
        case notInManifest = "not-in-manifest"
        /// A copy on the disk is missing or is not what the manifest says.
        case copyChanged = "copy-changed"

        /// What happened, for a person.
        package var text: String {
            switch self {
            case .noManifest: "has no manifest of its de-identification"
            case .manifestTampered: "has a manifest that was changed after it was signed"
            case .manifestForeign: "has a manifest that another key than this site's signed"
            case .notInManifest: "has copies that its manifest does not list"
            case .copyChanged: "has copies that are missing or were changed on the disk"
            }
        }
    }

    private let folder: SiteFolder
    private let key: P256.Signing.PublicKey
    private let recorded: [String: ManifestRow]

    /// Opens the door for a site with this public key, of whose manifests the catalogue remembers
    /// what is `recorded`.
    package init(folder: SiteFolder, key: P256.Signing.PublicKey, recorded: [ManifestRow]) {
        self.folder = folder
        self.key = key
        self.recorded = Dictionary(recorded.map { ($0.studyUID, $0) }) { first, _ in first }
    }

    /// The bytes of a study's manifest, if they are those that were recorded.
    private func recordedBytes(of studyUID: String) throws(Refusal) -> (Data, ManifestRow) {
        let url = ManifestFile.url(in: folder.exam(studyUID))
        guard let row = recorded[studyUID], let data = try? Data(contentsOf: url) else {
            throw .noManifest
        }
        guard SHA256Digest(hashing: data).rawValue == row.sha256 else { throw .manifestTampered }
        return (data, row)
    }

    /// Whether a study's manifest is byte for byte the one that was recorded.
    func hasRecordedManifest(_ studyUID: String) -> Bool {
        (try? recordedBytes(of: studyUID)) != nil
    }

    /// The manifest of a study, if it is the one that was signed and recorded.
    func manifest(of studyUID: String) throws(Refusal) -> StudyManifest {
        let (data, row) = try recordedBytes(of: studyUID)
        guard let signed = ManifestFile.manifest(of: [UInt8](data)), signed.isIntact,
            signed.manifest.studyInstanceUID == studyUID, signed.manifest.root == row.root,
            signed.manifest.hasOwnRoot
        else { throw .manifestTampered }
        guard signed.isSigned(by: key) else { throw .manifestForeign }
        return signed.manifest
    }

    /// Lets a study in with copies of these digests, by SOP Instance UID; `readingCopies` also
    /// compares the copies on the disk, byte by byte.
    func admit(
        _ studyUID: String,
        copies: [String: String],
        readingCopies: Bool
    ) throws(Refusal) -> AdmittedStudy {
        let manifest = try manifest(of: studyUID)
        let listed = Dictionary(
            manifest.files.map { ($0.sopInstanceUID, $0.outputDigest) }
        ) { first, _ in first }
        guard copies.allSatisfy({ listed[$0.key] == $0.value }) else { throw .notInManifest }
        if readingCopies,
            !ManifestFile.damagedFiles(of: manifest, in: folder.exam(studyUID)).isEmpty
        {
            throw .copyChanged
        }
        return AdmittedStudy(studyUID: studyUID, manifestRoot: manifest.root)
    }

    /// Lets an exam of the catalogue in after its manifest and its copies on the disk were read.
    func admit(_ row: ExamRow) throws -> AdmittedStudy {
        let record = try ExamRecord(of: row)
        let copies = Dictionary(record.slices.map { ($0.sopInstanceUID, $0.sha256) }) { $1 }
        let study = try admit(row.studyUID, copies: copies, readingCopies: true)
        guard record.manifestRoot == study.manifestRoot else { throw Refusal.notInManifest }
        return study
    }

    /// Checks that an exam that was let in still has the manifest it was let in with: the study's, or
    /// the one kept with the frozen version.
    ///
    /// Each copy is compared with its digest when it is loaded.
    func confirm(_ row: ExamRow) throws {
        let root = try ExamRecord(of: row).manifestRoot
        var refusal = Refusal.notInManifest
        do throws(Refusal) {
            if try recordedBytes(of: row.studyUID).1.root == root { return }
        } catch {
            refusal = error
        }
        guard let root, let signed = FrozenFiles(folder).manifest(root), signed.isIntact,
            signed.isSigned(by: key), signed.manifest.studyInstanceUID == row.studyUID,
            signed.manifest.root == root, signed.manifest.hasOwnRoot
        else { throw refusal }
    }
}

/// A study that passed ``CohortAdmission``.
package struct AdmittedStudy: Sendable, Hashable {
    /// The new Study Instance UID.
    package let studyUID: String
    /// The Merkle root of its manifest.
    package let manifestRoot: String

    fileprivate init(studyUID: String, manifestRoot: String) {
        self.studyUID = studyUID
        self.manifestRoot = manifestRoot
    }
}
