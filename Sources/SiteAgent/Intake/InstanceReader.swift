import DICOM
import Deidentification
import Federation
import Foundation
import SiteStore

/// Takes one file through reading, de-identification and verification, and writes its copy.
struct InstanceReader: Sendable {
    let source: HospitalFolder
    let folder: SiteFolder
    let deidentifier: Deidentifier
    let withdrawn: Set<String>

    /// What became of a file: its row, and its header where it is a wanted image.
    struct Outcome {
        var row: FileRow
        var header: DataSet?
    }

    /// De-identifies a file that is new or changed.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - found: Its row so far.
    ///   - copies: The digests of the copies of files before it, by new SOP Instance UID.
    /// - Returns: What became of it.
    func take(_ path: String, _ found: FileRow, copies: [String: String]) -> Outcome {
        var outcome = Outcome(row: found)
        do {
            let file = try DICOMFile(reading: try source.bytes(path))
            outcome.header = Self.wanted(file.dataSet)
            let instance = try deidentifier.deidentify(file)
            guard !withdrawn.contains(instance.patientPseudonym) else {
                outcome.row = found.quarantined(Self.withdrawnReason)
                return outcome
            }
            let sha256 = SHA256Digest(hashing: instance.dicomBytes).rawValue
            if let first = copies[instance.sopInstanceUID] {
                outcome = Outcome(row: Self.duplicate(found, ofSameContent: first == sha256))
            } else {
                outcome.row = try stored(instance, sha256, found)
            }
        } catch let reason as QuarantineReason {
            outcome.row = found.quarantined(reason.code.rawValue, reason.detail)
        } catch let error as DICOMError {
            let reason = QuarantineReason(error)
            outcome.row = found.quarantined(reason.code.rawValue, reason.detail)
        } catch {
            outcome.row = found.quarantined("unreadable-file", "\(type(of: error))")
        }
        return outcome
    }

    /// Reads only the header of a file that has not changed since its row was written.
    func again(_ path: String, _ row: FileRow, copies: [String: String]) -> Outcome {
        if let first = row.sopInstanceUID.flatMap({ copies[$0] }) {
            return Outcome(row: Self.duplicate(row, ofSameContent: first == row.sha256))
        }
        var row = row
        if let patient = row.patient, withdrawn.contains(patient) {
            row = row.foundAgain.quarantined(Self.withdrawnReason)
        } else if row.isVerified {
            // What the join decided before is decided anew.
            (row.state, row.reason, row.detail) = (.verified, nil, "")
        }
        let header = try? DICOMFile(reading: try source.bytes(path), until: .pixelData).dataSet
        return Outcome(row: row, header: header.flatMap(Self.wanted))
    }

    /// Whether the copy of a row is on the disk.
    func hasCopy(_ row: FileRow) -> Bool {
        guard let study = row.studyUID, let instance = row.sopInstanceUID else { return false }
        return FileManager.default.fileExists(atPath: copy(study, instance).path)
    }

    static let withdrawnReason = "patient-withdrawn"
    static let duplicateReason = "duplicate-instance"

    /// Two files of one slice: the first, by path, is kept.
    private static func duplicate(_ row: FileRow, ofSameContent isSame: Bool) -> FileRow {
        row.foundAgain.quarantined(
            duplicateReason,
            isSame
                ? "a copy of another file"
                : "another file has the same SOP Instance UID and other content"
        )
    }

    /// The attributes of a wanted image that joining needs, without the pixels; nil for localizers
    /// and all else, whose lack of a label must not make an exam look unlabelled.
    private static func wanted(_ dataSet: DataSet) -> DataSet? {
        guard SeriesSelection.refusal(of: dataSet) == nil else { return nil }
        var header = DataSet(characterSet: dataSet.characterSet)
        for tag in joined { header[tag] = dataSet[tag] }
        return header
    }

    private static let joined: [Tag] = [
        .specificCharacterSet, .sopInstanceUID, .studyInstanceUID, .seriesInstanceUID,
        .patientID, .accessionNumber, .instanceNumber, .imagePositionPatient,
        .imageOrientationPatient, .pixelSpacing, .rows, .columns,
    ]

    private func copy(_ studyUID: String, _ sopInstanceUID: String) -> URL {
        folder.exam(studyUID).appending(path: "\(sopInstanceUID).dcm")
    }

    private func stored(
        _ instance: DeidentifiedInstance,
        _ sha256: String,
        _ found: FileRow
    ) throws -> FileRow {
        let exam = folder.exam(instance.studyInstanceUID)
        try FileManager.default.createDirectory(at: exam, withIntermediateDirectories: true)
        try DeidentifiedFolder.replace(
            copy(instance.studyInstanceUID, instance.sopInstanceUID),
            with: instance.dicomBytes
        )
        var row = found
        row.state = .verified
        row.patient = instance.patientPseudonym
        row.studyUID = instance.studyInstanceUID
        row.seriesUID = instance.seriesInstanceUID
        row.sopInstanceUID = instance.sopInstanceUID
        row.sha256 = sha256
        row.pixelSHA256 = Self.pixelDigest(instance.frame)
        return row
    }

    /// Plain pictures, such as air above the head, look alike in all patients.
    private static let fewestValues = 32

    private static func pixelDigest(_ frame: DecodedFrame) -> String? {
        guard Set(frame.samples).count >= fewestValues else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(frame.samples.count * 4)
        for sample in frame.samples {
            let bits = UInt32(bitPattern: sample)
            for shift in [0, 8, 16, 24] as [UInt32] {
                bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
            }
        }
        return SHA256Digest(hashing: bytes).rawValue
    }
}
