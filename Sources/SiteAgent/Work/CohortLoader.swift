import CanonicalJSON
import DICOM
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
                    hint: "run `fedagent cohort build` again"
                )
            }
        }
    }

    private func load(_ row: ExamRow) throws -> TrainingExam {
        let record = try CanonicalDecoder().decode(
            ExamRecord.self,
            from: Array(row.record.utf8)
        )
        let exam = folder.exam(row.studyUID)
        var slices: [CTSlice] = []
        var masks: [String: MaskImage] = [:]
        for slice in record.slices {
            let file = exam.appending(path: "\(slice.sopInstanceUID).dcm")
            let dicom = try DICOMFile(reading: [UInt8](try Data(contentsOf: file)))
            slices.append(try CTSlice(dicom.dataSet, frame: try PixelDecoder.decode(dicom)))
            if slice.hasMask {
                let url = exam.appending(path: "\(slice.sopInstanceUID).png")
                masks[slice.sopInstanceUID] = try MaskImage(
                    png: [UInt8](try Data(contentsOf: url))
                )
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
}
