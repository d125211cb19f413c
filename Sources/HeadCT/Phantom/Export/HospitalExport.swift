import Foundation
import Tensors

/// Writes one simulated hospital, exam by exam.
struct HospitalExport {
    let hospital: SimulatedHospital
    let folder: URL
    private let seed: UInt64
    private let site: FictitiousSite
    private let simulator: ScanSimulator
    private var rows: [LabelFiles.Row] = []
    private var summary = SimulationSummary()
    private var folders: Set<String> = []

    /// Prepares an export; the site's identifier is folded into the seed.
    init(hospital: SimulatedHospital, siteID: String, seed: UInt64, folder: URL) {
        var generator = SeededGenerator(seed: seed, stream: "hospital", siteID)
        let seed = generator.next()
        self.hospital = hospital
        self.folder = folder
        self.seed = seed
        self.site = FictitiousSite(siteID: siteID, style: hospital.identities, seed: seed)
        self.simulator = ScanSimulator(hospital: hospital, seed: seed)
    }

    /// Writes everything and says what was written.
    mutating func run(
        plantedIdentities: URL?,
        progress: (Int, Int) -> Void
    ) throws -> SimulationSummary {
        let exams = ExamPlanner(hospital: hospital, seed: seed).exams()
        let burned = exams.filter(\.lesions.isEmpty).prefix(hospital.burnedInSlices).map(\.index)
        for exam in exams {
            try write(exam, hasBurnedInName: burned.contains(exam.index))
            progress(exam.index + 1, exams.count)
        }
        for file in LabelFiles(rows: rows, seed: seed).files(hospital.labels) { try write(file) }
        if let plantedIdentities { try writeIdentities(to: plantedIdentities) }
        return summary
    }

    private mutating func write(_ exam: SimulatedExam, hasBurnedInName: Bool) throws {
        var generator = SeededGenerator(seed: seed, stream: "study", String(exam.index))
        let scan = simulator.scan(exam)
        let patient = FictitiousPatient(exam: exam, site: site, using: &generator)
        let study = StudyIdentity(
            patient: patient,
            site: site,
            sliceCount: scan.slices.count,
            using: &generator
        )
        let files = StudyFiles(
            scan: scan,
            study: study,
            scanner: hospital.scanner,
            folders: hospital.folders
        )
        if exam.index < hospital.localizers {
            try write(
                try files.localizer(
                    simulator.localizer(of: exam),
                    spacing: hospital.scanner.pixelSpacingMM,
                    using: &generator
                )
            )
            summary.refusableObjects += 1
        }
        let burned = hasBurnedInName ? scan.slices.count / 2 : nil
        for file in try files.axial(burned: burned) { try write(file) }
        if hasBurnedInName { summary.refusableObjects += 1 }
        if exam.index >= hospital.exams - hospital.dosePages {
            try write(try files.dosePage(using: &generator))
            summary.refusableObjects += 1
        }
        let masks = MaskFiles(scan: scan, study: study, scanner: hospital.scanner)
        for file in try masks.files(hospital.masks, using: &generator) { try write(file) }
        rows.append(LabelFiles.Row(scan: scan.withoutPictures, study: study))
        summary.exams.append(truth(scan, study))
    }

    private func truth(_ scan: PhantomScan, _ study: StudyIdentity) -> SimulationSummary.Exam {
        let counted = scan.lesions.filter { !$0.isExpected }
        let isPositive = scan.labels[.any] == true
        return SimulationSummary.Exam(
            studyInstanceUID: study.studyUID,
            ageYears: scan.exam.ageYears,
            labels: scan.labels,
            context: scan.exam.context,
            analyticML: counted.reduce(0) { $0 + $1.analyticML },
            voxelML: scan.volumeML,
            stratum: isPositive
                ? ExamPlanner.stratum(of: scan.volumeML, edges: hospital.volumeEdgesML) : nil,
            sliceCount: scan.slices.count
        )
    }

    private mutating func write(_ file: ExportedFile) throws {
        let url = folder.appending(path: file.path)
        let parent = url.deletingLastPathComponent()
        if folders.insert(parent.path).inserted {
            try FileManager.default.createDirectory(
                at: parent,
                withIntermediateDirectories: true
            )
        }
        try Data(file.bytes).write(to: url)
        let kind = String(file.path.prefix { $0 != "/" })
        summary.fileCounts[kind, default: 0] += 1
        summary.byteCount += file.bytes.count
    }

    private func writeIdentities(to url: URL) throws {
        let planted = PlantedIdentities(site: site, studies: rows.map(\.study))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        try encoder.encode(planted).write(to: url)
    }
}
