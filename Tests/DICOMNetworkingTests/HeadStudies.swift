import DICOM
import Foundation

/// Small CT studies of invented patients, written as files.
enum HeadStudies {
    /// A study and its instances.
    struct Study {
        var number: Int
        var description: String
        var date: String
        var instances: Int
        var bodyPart = "HEAD"
        var modality = "CT"
    }

    /// Ten head studies and some that no head search wants.
    static let mixed: [Study] =
        (1...10).map {
            Study(
                number: $0,
                description: "CT HEAD W/O",
                date: "2025020\($0 % 9 + 1)",
                instances: 3
            )
        } + [
            Study(number: 11, description: "CT HEAD W/O", date: "20191231", instances: 2),
            Study(
                number: 12,
                description: "CT CHEST",
                date: "20250301",
                instances: 2,
                bodyPart: "CHEST"
            ),
            Study(
                number: 13,
                description: "MR HEAD",
                date: "20250301",
                instances: 2,
                modality: "MR"
            ),
        ]

    static func uid(_ study: Int, _ instance: Int = 0) -> String {
        "1.2.826.0.1.99.\(study).\(instance + 1)"
    }

    /// Writes the files and returns them.
    static func write(_ studies: [Study], to folder: URL, name: String = "A") throws -> [URL] {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var files: [URL] = []
        for study in studies {
            for instance in 0..<study.instances {
                let file = folder.appending(path: "\(study.number)-\(instance).dcm")
                let bytes = try DICOMFile.write(dataSet: try dataSet(study, instance, name))
                try Data(bytes).write(to: file)
                files.append(file)
            }
        }
        return files
    }

    private static func dataSet(_ study: Study, _ instance: Int, _ name: String) throws -> DataSet {
        var data = DataSet()
        let isCT = study.modality == "CT"
        let sopClass = isCT ? RunningReceiver.ctImageStorage : "1.2.840.10008.5.1.4.1.1.4"
        let texts: [(Tag, String)] = [
            (.sopClassUID, sopClass), (.sopInstanceUID, uid(study.number, instance)),
            (.studyDate, study.date), (.studyDescription, study.description),
            (.modality, study.modality), (Tag(0x0010, 0x0010), "INVENTED^\(name)\(study.number)"),
            (.patientID, "ID\(study.number)"), (.bodyPartExamined, study.bodyPart),
            (.studyInstanceUID, "1.2.826.0.1.98.\(study.number)"),
            (.seriesInstanceUID, "1.2.826.0.1.97.\(study.number)"),
            (.instanceNumber, "\(instance + 1)"), (.accessionNumber, "A\(study.number)"),
            (Tag(0x0028, 0x0004), "MONOCHROME2"),
        ]
        for (tag, text) in texts { try data.set(tag, string: text) }
        let numbers: [(Tag, Int)] = [
            (.rows, 64), (.columns, 64), (Tag(0x0028, 0x0002), 1), (Tag(0x0028, 0x0100), 16),
            (Tag(0x0028, 0x0101), 12), (Tag(0x0028, 0x0102), 11), (Tag(0x0028, 0x0103), 0),
        ]
        for (tag, number) in numbers { try data.set(tag, ints: [number]) }
        data.set(
            .pixelData,
            .ow,
            bytes: (0..<8192).map { UInt8(truncatingIfNeeded: $0 &* instance) }
        )
        return data
    }
}
