import CanonicalJSON
import DICOM
import Deidentification
import Foundation
import HeadCT
package import SiteStore

/// The intake of a site: every file of the hospital's folder is de-identified or quarantined with a reason; labels and
/// masks are joined on the original identifiers, in memory, and stored under the new ones.
package struct CohortBuilder: Sendable {
    private let folder: SiteFolder
    private let profile: SiteProfile
    private let deidentifier: Deidentifier
    private let map: IdentifierMap
    private let report: @Sendable (AgentEvent) -> Void

    /// Builds the cohort of a site's folder.
    package init(
        folder: SiteFolder,
        profile: SiteProfile,
        softwareVersion: String,
        report: @escaping @Sendable (AgentEvent) -> Void
    ) throws {
        let key = try SiteSetup.deidentificationKey(of: folder)
        self.folder = folder
        self.profile = profile
        self.report = report
        map = IdentifierMap(key: key)
        deidentifier = Deidentifier(
            profile: .training,
            key: key,
            toolVersion: "fedagent \(softwareVersion)"
        )
    }

    /// Reads everything anew and replaces the catalogue; files of the previous cohort stay until the new ones are whole.
    package func build(into store: SiteStore) async throws {
        var intake = Intake()
        let source = HospitalFolder(root: try sourceFolder())
        let staging = folder.deidentified.appendingPathExtension("part")
        try? FileManager.default.removeItem(at: staging)
        try FileManager.default.createDirectory(at: staging, withIntermediateDirectories: true)
        let paths = try source.paths()
        for (index, path) in paths.enumerated() {
            take(path, from: source, into: staging, &intake)
            report(
                .intake(
                    done: index + 1,
                    total: paths.count,
                    quarantined: intake.quarantine.count
                )
            )
        }
        let exams = try JoinedCohort(
            intake: intake,
            profile: profile,
            staging: staging,
            quarantineName: quarantineName
        ).build()
        try? FileManager.default.removeItem(at: folder.deidentified)
        try FileManager.default.moveItem(at: staging, to: folder.deidentified)
        try await store.replaceCatalogue(
            exams: exams.rows,
            quarantine: exams.quarantine,
            issues: exams.issues
        )
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

    private func take(
        _ path: String,
        from source: HospitalFolder,
        into staging: URL,
        _ intake: inout Intake
    ) {
        do {
            let file = try read(path, from: source)
            intake.note(header: file.dataSet)
            let instance = try deidentifier.deidentify(file)
            try write(instance, into: staging)
            intake.instances.append(
                IntakeInstance(
                    path: path,
                    originalStudyUID: file.dataSet.string(.studyInstanceUID) ?? "",
                    originalSOPInstanceUID: file.dataSet.string(.sopInstanceUID) ?? "",
                    studyUID: instance.studyInstanceUID,
                    seriesUID: instance.seriesInstanceUID,
                    sopInstanceUID: instance.sopInstanceUID,
                    patient: instance.patientPseudonym
                )
            )
        } catch let reason as QuarantineReason {
            intake.quarantine.append(row(path, reason.code.rawValue, reason.detail))
        } catch is DuplicateInstance {
            intake.quarantine.append(
                row(path, "duplicate-instance", "another file has the same SOP Instance UID")
            )
        } catch {
            intake.quarantine.append(row(path, "unreadable-file", "\(type(of: error))"))
        }
    }

    private func read(_ path: String, from source: HospitalFolder) throws -> DICOMFile {
        let bytes = try source.bytes(path)
        do throws(DICOMError) {
            return try DICOMFile(reading: bytes)
        } catch {
            throw QuarantineReason(error)
        }
    }

    private func write(_ instance: DeidentifiedInstance, into staging: URL) throws {
        let exam = staging.appending(path: instance.studyInstanceUID)
        try FileManager.default.createDirectory(at: exam, withIntermediateDirectories: true)
        let file = exam.appending(path: "\(instance.sopInstanceUID).dcm")
        guard !FileManager.default.fileExists(atPath: file.path) else {
            throw DuplicateInstance()
        }
        try Data(instance.dicomBytes).write(to: file)
    }

    private func row(_ path: String, _ reason: String, _ detail: String) -> QuarantineRow {
        QuarantineRow(file: quarantineName(path), reason: reason, detail: detail)
    }

    /// A keyed name for a path: only this site can find the file again.
    private func quarantineName(_ path: String) -> String {
        map.pseudonym(patientID: path, issuer: "file")
    }
}

/// Two files of one slice: the first, by path, is kept.
private struct DuplicateInstance: Error {}

/// What the pass over the files has gathered so far.
struct Intake: Sendable {
    var headers: [DataSet] = []
    var instances: [IntakeInstance] = []
    var quarantine: [QuarantineRow] = []

    /// Keeps what the label join needs of a header; the pixels are let go.
    mutating func note(header: DataSet) {
        var header = header
        header[.pixelData] = nil
        headers.append(header)
    }
}
