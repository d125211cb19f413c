import DICOM
import Foundation
import GRDB
import HeadCT
import SiteAgent
import SiteStore
import Synchronization

/// A site of its own with a small simulated hospital: its folder, its database, its intake.
final class SmallHospital {
    let root: URL
    let folder: SiteFolder
    let summary: SimulationSummary

    /// The hospital's export.
    var hospital: URL { root.appending(path: "hospital") }
    /// Its images.
    var images: URL { hospital.appending(path: "dicom") }

    /// What names a patient, an exam or an image.
    static let identifying: [Tag] = [
        .patientID, .studyInstanceUID, .sopInstanceUID, .accessionNumber,
    ]
    /// The identifiers of an image.
    static let uids: [Tag] = [.sopInstanceUID, .seriesInstanceUID, .studyInstanceUID]

    private static let simulated = Result { try Simulated() }

    init(labels: String = "format: plain-csv, path: labels") async throws {
        let simulated = try Self.simulated.get()
        root = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        folder = SiteFolder(root.appending(path: "site"))
        summary = simulated.summary
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: simulated.folder, to: hospital)
        let profile = try Self.profile(labels: labels, in: root)
        try await SiteSetup.create(in: folder, profile: profile.resolved(against: hospital))
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    static func profile(labels: String, in root: URL) throws -> SiteProfile {
        let file = root.appending(path: "given.yaml")
        try Data(
            """
            id: small
            name: Small hospital
            source: {kind: folder, path: dicom}
            labels: {\(labels)}
            masks: {format: png, path: masks}
            disclosure: {minimumCell: 3, minimumPositives: 3, minimumNegatives: 3}
            approval: {mode: declared}
            deidentification: {faces: keep}
            """.utf8
        ).write(to: file)
        return try SiteProfile.read(from: file)
    }

    func store() throws -> SiteStore { try SiteStore(at: folder.database) }

    /// Runs an intake and returns whether anything had changed.
    @discardableResult
    func intake(
        again: Bool = false,
        renewing: Bool = false,
        version: String = "test",
        rest: Duration = .zero,
        leaving unsettled: Set<String>? = nil,
        report: @escaping @Sendable (AgentEvent) -> Void = { _ in }
    ) async throws -> Bool {
        try await SiteIntake(
            folder: folder,
            profile: try SiteProfile.read(from: folder.profile),
            softwareVersion: version,
            rest: rest,
            report: report
        ).run(into: try store(), again: again, renewing: renewing, leaving: unsettled)
    }

    /// Runs SQL on the database from outside, as an intruder would.
    func outside(_ sql: String) throws {
        try DatabaseQueue(path: folder.database.path).write { try $0.execute(sql: sql) }
    }

    /// The paths of all images below the folder, ascending.
    func paths() throws -> [String] {
        let walker = FileManager.default.enumerator(atPath: images.path)
        return (walker?.compactMap { $0 as? String } ?? []).filter { path in
            var isFolder: ObjCBool = false
            let url = images.appending(path: path)
            let exists = unsafe FileManager.default.fileExists(
                atPath: url.path,
                isDirectory: &isFolder
            )
            return exists && !isFolder.boolValue
        }.sorted()
    }

    func url(_ path: String) -> URL { images.appending(path: path) }

    /// Reads an image of the hospital.
    func image(_ path: String) throws -> DICOMFile {
        try DICOMFile(reading: [UInt8](Data(contentsOf: url(path))))
    }

    /// The path of the first axial image that satisfies a condition.
    func axial(where condition: (DataSet) -> Bool = { _ in true }) throws -> String? {
        try paths().first { path in
            guard let set = try? image(path).dataSet else { return false }
            let type = set.strings(.imageType)
            return type.contains("AXIAL") && set.string(.modality) == "CT" && condition(set)
        }
    }
}

/// The export that all tests copy.
private struct Simulated {
    let folder: URL
    let summary: SimulationSummary

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        var hospital = SimulatedHospital()
        hospital.exams = 6
        hospital.prevalence = 0.5
        hospital.scanner.sliceThicknessMM = 10
        hospital.scanner.matrix = 96
        hospital.localizers = 1
        hospital.dosePages = 1
        hospital.burnedInSlices = 1
        summary = try hospital.write(to: folder, siteID: "small", seed: 3)
    }
}
