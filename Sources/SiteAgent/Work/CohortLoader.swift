import DICOM
import Federation
import Foundation
package import HeadCT
package import SiteStore
package import Training

/// Brings the cohort's exams from disk onto the plan's grid; reads de-identified files only.
package struct CohortLoader: Sendable {
    private let folder: SiteFolder
    private let contract: PreprocessingContract

    /// Loads from a site's folder for one preprocessing contract.
    package init(folder: SiteFolder, contract: PreprocessingContract) {
        self.folder = folder
        self.contract = contract
    }

    /// Loads exams in the given order.
    ///
    /// - Throws: ``AgentError`` `failed` naming the exam whose files were changed or removed.
    package func load(_ rows: [ExamRow]) throws -> [TrainingExam] {
        try rows.map { row in
            do {
                return try load(row)
            } catch {
                throw AgentError(
                    .failed,
                    "exam \(row.studyUID) cannot be loaded: \(error)",
                    hint: "`fedagent intake --again` restores the copies from the source folder"
                )
            }
        }
    }

    private func load(_ row: ExamRow) throws -> TrainingExam {
        let record = try ExamRecord(of: row)
        let exam = folder.exam(row.studyUID)
        var slices: [CTSlice] = []
        var masks: [String: MaskImage] = [:]
        for slice in record.slices {
            let file = exam.appending(path: "\(slice.sopInstanceUID).dcm")
            let dicom = try DICOMFile(reading: try bytes(of: file, sha256: slice.sha256))
            slices.append(try CTSlice(dicom.dataSet, frame: try PixelDecoder.decode(dicom)))
            if let sha256 = slice.maskSHA256 {
                let url = exam.appending(path: "\(slice.sopInstanceUID).png")
                masks[slice.sopInstanceUID] = try MaskImage(png: try bytes(of: url, sha256: sha256))
            }
        }
        let volume = try CTVolume(slices: slices)
        var sliceLabels: [String: SliceLabels] = [:]
        for slice in record.slices { sliceLabels[slice.sopInstanceUID] = slice.labels }
        return TrainingExam(
            id: row.studyUID,
            volume: try PreparedVolume(volume: volume, masks: masks, contract: contract),
            labels: record.labels,
            sliceLabels: sliceLabels
        )
    }

    /// The bytes of a file that the cohort was frozen with: the working copy if it is still that, else
    /// what was kept of it.
    private func bytes(of file: URL, sha256: String) throws -> [UInt8] {
        for place in [file, FrozenFiles(folder).url(sha256)] {
            guard let bytes = (try? Data(contentsOf: place)).map([UInt8].init),
                SHA256Digest(hashing: bytes).rawValue == sha256
            else { continue }
            return bytes
        }
        throw AgentError(
            .failed,
            "\(file.lastPathComponent) was changed on the disk or is gone"
        )
    }
}
