import DICOM
import Foundation
import HeadCT

/// A simulated hospital on disk with everything read back, removed when it goes away.
final class PhantomHospital {
    let folder: URL
    let summary: SimulationSummary
    let planted: PlantedIdentities

    init(_ hospital: SimulatedHospital, siteID: String = "elm", seed: UInt64 = 11) throws {
        let place = FileManager.default.temporaryDirectory
            .appending(path: "phantom-\(UUID().uuidString)")
        folder = place.appending(path: "hospital")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        let needles = place.appending(path: "planted.json")
        summary = try hospital.write(
            to: folder,
            siteID: siteID,
            seed: seed,
            plantedIdentities: needles
        )
        planted = try JSONDecoder().decode(
            PlantedIdentities.self,
            from: Data(contentsOf: needles)
        )
    }

    deinit { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }

    /// The contents of all files by path, ascending.
    func files(in part: String = "") throws -> [(path: String, bytes: [UInt8])] {
        let root = folder.appending(path: part)
        guard let walker = FileManager.default.enumerator(atPath: root.path) else { return [] }
        var result: [(path: String, bytes: [UInt8])] = []
        for case let path as String in walker {
            let url = root.appending(path: path)
            let values = try url.resourceValues(forKeys: [.isRegularFileKey])
            guard values.isRegularFile == true else { continue }
            result.append((path, [UInt8](try Data(contentsOf: url))))
        }
        return result.sorted { $0.path < $1.path }
    }

    /// All DICOM objects.
    func objects() throws -> [DICOMFile] {
        try files(in: "dicom").map { try DICOMFile(reading: $0.bytes) }
    }

    /// The axial slices by study, each as data set and frame.
    func axial() throws -> [String: [(dataSet: DataSet, frame: DecodedFrame)]] {
        var result: [String: [(dataSet: DataSet, frame: DecodedFrame)]] = [:]
        for object in try objects()
        where object.dataSet.strings(.imageType) == ["ORIGINAL", "PRIMARY", "AXIAL"] {
            let study = object.dataSet.string(.studyInstanceUID) ?? ""
            let frame = try PixelDecoder.decode(object, frame: 0)
            result[study, default: []].append((object.dataSet, frame))
        }
        return result
    }

    /// The volumes by study.
    func volumes() throws -> [String: CTVolume] {
        try axial().mapValues { try CTVolume.build(from: $0) }
    }

    /// The exams as the intake would see them.
    func exams() throws -> [ExamIdentity] {
        ExamIdentity.exams(of: try axial().values.flatMap { $0.map(\.dataSet) })
    }
}

extension SimulatedHospital {
    /// A small and quick hospital.
    static func small(exams: Int = 8, prevalence: Double = 0.5) -> SimulatedHospital {
        var hospital = SimulatedHospital()
        hospital.exams = exams
        hospital.prevalence = prevalence
        hospital.scanner.matrix = 64
        hospital.scanner.sliceThicknessMM = 8
        return hospital
    }
}
