import DICOM
import Tensors

/// Writes the masks of an exam in one of the formats sites have.
///
/// Exams without haemorrhage have no mask file, as annotators draw on positive exams only; NIfTI
/// volumes exist for all.
struct MaskFiles {
    let scan: PhantomScan
    let study: StudyIdentity
    let scanner: SimulatedScanner

    /// The files of a format, below `masks/`.
    func files(
        _ format: MaskFormat,
        using generator: inout SeededGenerator
    ) throws -> [ExportedFile] {
        switch format {
        case .png: return try pictures()
        case .nifti: return [try volume()]
        case .dicomSEG:
            let object = SegmentationObject(
                scan: scan,
                study: study,
                header: PhantomHeader(study: study, scanner: scanner)
            )
            guard let bytes = try object.file(using: &generator) else { return [] }
            return [ExportedFile(path: "masks/\(study.studyUID).seg.dcm", bytes: bytes)]
        }
    }

    /// A grey picture of class codes for every slice of a positive exam.
    private func pictures() throws -> [ExportedFile] {
        guard scan.masks.contains(where: { $0 != nil }) else { return [] }
        let matrix = scan.acquisition.matrix
        return try scan.masks.enumerated().map { index, mask in
            let image =
                try mask.map { try MaskImage(rows: matrix, columns: matrix, classes: $0) }
                ?? .empty(rows: matrix, columns: matrix)
            return ExportedFile(
                path: "masks/\(study.instanceUIDs[index]).png",
                bytes: try image.png()
            )
        }
    }

    /// A volume of class codes on the grid of the series, named by the accession number.
    private func volume() throws -> ExportedFile {
        let acquisition = scan.acquisition
        let matrix = acquisition.matrix
        let empty = [UInt8](repeating: 0, count: matrix * matrix)
        let values = scan.masks.flatMap { ($0 ?? empty).map(Float.init) }
        let affine = AffineTransform(
            first: SIMD3(acquisition.pixelSpacing, 0, 0),
            second: acquisition.columnDirection * acquisition.pixelSpacing,
            third: SIMD3(0, 0, acquisition.tableFeed),
            origin: acquisition.firstPosition
        )
        let image = NIfTIImage(
            size: SIMD3(matrix, matrix, acquisition.sliceCount),
            affine: affine.flippingLeftAndPosterior,
            values: values
        )
        let bytes = try image.encoded()
        return ExportedFile(
            path: "masks/\(study.patient.accessionNumber).nii.gz",
            bytes: bytes
        )
    }
}
