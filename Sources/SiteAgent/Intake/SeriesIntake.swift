import CanonicalJSON
import Deidentification
import Federation
import Foundation
import SiteStore

/// Takes one series through de-identification and verification, and writes its copies.
struct SeriesIntake: Sendable {
    let engine: SeriesEngine
    let folder: SiteFolder
    let map: IdentifierMap

    /// What became of a series.
    struct Outcome {
        /// A row for each image, in the order of the series.
        let rows: [FileRow]
        /// What was done.
        let record: SeriesRecordRow
    }

    /// De-identifies a series as a whole; throws ``AgentError`` if a copy cannot be stored.
    func take(_ series: IntakeSeries, _ progress: IntakeProgress) async throws -> Outcome {
        let files = series.members.map { member in
            SeriesFile { () throws(QuarantineReason) in try Self.bytes(of: member.file) }
        }
        var rows = series.members.map(\.row)
        var actions: [ActionCount] = []
        let report = try await engine.run(files) {
            progress.countExamined()
        } deliver: { number, result in
            switch result {
            case .success(let instance):
                try store(instance, in: &rows[number])
                actions = ActionCount.sum(actions + instance.counts)
                progress.countDone(isHeld: false)
            case .failure(let reason):
                rows[number] = rows[number].quarantined(reason.code.rawValue, reason.detail)
                progress.countDone(isHeld: true)
            }
        }
        return Outcome(
            rows: rows,
            record: SeriesRecordRow(
                seriesUID: series.uid,
                studyUID: series.studyUID,
                inputs: series.inputs,
                actions: try Self.json(actions),
                report: try Self.json(report)
            )
        )
    }

    private static func bytes(of file: IntakeFile) throws(QuarantineReason) -> [UInt8] {
        do { return try file.bytes() } catch {
            throw QuarantineReason(.fileChanged, "the file can no longer be read")
        }
    }

    private static func json(_ value: some Encodable) throws -> String {
        String(decoding: try CanonicalEncoder().encode(value), as: UTF8.self)
    }

    private func store(_ instance: DeidentifiedInstance, in row: inout FileRow) throws {
        let exam = folder.exam(instance.studyInstanceUID)
        try FileManager.default.createDirectory(at: exam, withIntermediateDirectories: true)
        try DeidentifiedFolder.replace(
            exam.appending(path: "\(instance.sopInstanceUID).dcm"),
            with: instance.dicomBytes
        )
        row.state = .deidentified
        row.patient = instance.patientPseudonym
        row.studyUID = instance.studyInstanceUID
        row.seriesUID = instance.seriesInstanceUID
        row.sopInstanceUID = instance.sopInstanceUID
        row.inputDigest = instance.inputDigest
        row.sha256 = SHA256Digest(hashing: instance.dicomBytes).rawValue
        row.pixelSHA256 = PixelDigest.of(instance.frame, map: map)
    }
}
