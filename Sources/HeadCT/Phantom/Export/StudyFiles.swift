import DICOM
import Tensors

/// Makes the DICOM files of one study.
struct StudyFiles {
    let scan: PhantomScan
    let study: StudyIdentity
    let scanner: SimulatedScanner
    let folders: FolderLayout

    private var header: PhantomHeader { PhantomHeader(study: study, scanner: scanner) }

    /// The axial slices; `burned` is the slice with the patient's name in its picture.
    func axial(burned: Int?) throws(DICOMError) -> [ExportedFile] {
        let series = try header.series(scan)
        var files: [ExportedFile] = []
        for index in scan.slices.indices {
            var slice = scan.slices[index]
            if index == burned {
                let text = study.patient.plainName.replacing("_", with: " ").suffix(20)
                PhantomPixels.burn(String(text), into: &slice, matrix: scan.acquisition.matrix)
            }
            var dataSet = series
            try addPlace(of: index, to: &dataSet)
            dataSet.set(.pixelData, .ow, bytes: PhantomPixels.bytes(of: slice, scanner: scanner))
            files.append(
                ExportedFile(
                    path: path(series: 2, instance: index + 1, uid: study.instanceUIDs[index]),
                    bytes: try DICOMFile.write(dataSet: dataSet, fileMeta: try fileMeta())
                )
            )
        }
        return files
    }

    /// A localizer: a view from the side through the whole head.
    func localizer(
        _ picture: [Int16],
        spacing: Double,
        using generator: inout SeededGenerator
    ) throws(DICOMError) -> ExportedFile {
        let uid = generator.drawUID()
        var dataSet = try header.series(scan)
        try header.set(
            [
                (.sopInstanceUID, uid), (.seriesInstanceUID, study.localizerSeriesUID),
                (.seriesDescription, "SCOUT " + study.patient.spokenName),
            ],
            in: &dataSet
        )
        try dataSet.set(.imageType, strings: ["ORIGINAL", "PRIMARY", "LOCALIZER"])
        try dataSet.set(.seriesNumber, ints: [1])
        try dataSet.set(.instanceNumber, ints: [1])
        try dataSet.set(.imageOrientationPatient, doubles: [0, 1, 0, 0, 0, -1])
        let half = spacing * Double(scan.acquisition.matrix) / 2
        let top = scan.acquisition.firstPosition.z + 2 * half - 40
        try dataSet.set(
            .imagePositionPatient,
            doubles: [0, -header.rounded(half), header.rounded(top)]
        )
        dataSet.remove(.gantryDetectorTilt)
        dataSet.set(.pixelData, .ow, bytes: PhantomPixels.bytes(of: picture, scanner: scanner))
        return ExportedFile(
            path: path(series: 1, instance: 1, uid: uid),
            bytes: try DICOMFile.write(dataSet: dataSet, fileMeta: try fileMeta())
        )
    }

    /// A dose page: a secondary capture with the name in its picture and a header that denies it.
    func dosePage(using generator: inout SeededGenerator) throws(DICOMError) -> ExportedFile {
        let uid = generator.drawUID()
        let edge = 256
        var pixels = [UInt8](repeating: 8, count: edge * edge)
        let lines = [
            "DOSE REPORT", study.patient.plainName, "ID " + study.patient.patientID,
            "DOB " + study.patient.birthDay.dotted, "CTDIVOL 41.2 MGY", "DLP 702.5 MGYCM",
        ]
        for (line, text) in lines.enumerated() {
            for dot in BitmapFont.dots(of: text.replacing("_", with: " "), scale: 1) {
                let (row, column) = (dot.row + 16 + 14 * line, dot.column + 8)
                if row < edge, column < edge { pixels[row * edge + column] = 240 }
            }
        }
        var dataSet = try header.common()
        try header.set(
            [
                (.sopClassUID, "1.2.840.10008.5.1.4.1.1.7"), (.sopInstanceUID, uid),
                (.modality, "CT"), (.seriesInstanceUID, study.doseSeriesUID),
                (.seriesDescription, "Dose Report"), (Tag(0x0008, 0x0064), "WSD"),
                (.burnedInAnnotation, "NO"), (.photometricInterpretation, "MONOCHROME2"),
            ],
            in: &dataSet
        )
        try dataSet.set(.imageType, strings: ["DERIVED", "SECONDARY", "OTHER"])
        for (tag, value) in [
            (Tag.seriesNumber, 999), (.instanceNumber, 1), (.samplesPerPixel, 1), (.rows, edge),
            (.columns, edge), (.bitsAllocated, 8), (.bitsStored, 8), (.highBit, 7),
            (.pixelRepresentation, 0),
        ] { try dataSet.set(tag, ints: [value]) }
        dataSet.set(.pixelData, .ow, bytes: pixels)
        return ExportedFile(
            path: path(series: 999, instance: 1, uid: uid),
            bytes: try DICOMFile.write(dataSet: dataSet, fileMeta: try fileMeta())
        )
    }

    private func addPlace(of index: Int, to dataSet: inout DataSet) throws(DICOMError) {
        let position = scan.acquisition.position(ofSlice: index)
        try header.set([(.sopInstanceUID, study.instanceUIDs[index])], in: &dataSet)
        try dataSet.set(.instanceNumber, ints: [index + 1])
        try dataSet.set(
            .imagePositionPatient,
            doubles: [position.x, position.y, position.z].map(header.rounded)
        )
        try dataSet.set(.sliceLocation, doubles: [header.rounded(position.z)])
    }

    /// Application titles name the hospital, as they do in real file meta information.
    private func fileMeta() throws(DICOMError) -> DataSet {
        var meta = DataSet()
        try meta.set(.sourceApplicationEntityTitle, string: study.site.station)
        return meta
    }

    private func path(series: Int, instance: Int, uid: String) -> String {
        func number(_ value: Int, _ width: Int) -> String {
            String(repeating: "0", count: max(0, width - String(value).count)) + String(value)
        }
        let patient = study.patient
        switch folders {
        case .byPatientName:
            let folder = patient.plainName + "_" + patient.birthDay.digits
            let place = patient.patientID.suffix(8)
            return "dicom/\(folder)_\(place)/SRS\(number(series, 5))/IMG\(number(instance, 5)).dcm"
        case .byAccession:
            return "dicom/\(patient.accessionNumber)/\(uid).dcm"
        case .media:
            let exam = number(scan.exam.index + 1, 5)
            return "dicom/PAT\(exam)/ST000001/SE\(number(series, 6))/IM\(number(instance, 6))"
        case .flat:
            return "dicom/\(patient.patientID)_\(number(series, 3))_\(number(instance, 4)).dcm"
        }
    }
}
