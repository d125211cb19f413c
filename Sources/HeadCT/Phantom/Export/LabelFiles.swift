import Foundation
import Tensors

/// Writes what a hospital knows about its exams, in one of the formats sites have.
struct LabelFiles {
    /// One exam with its truth and identity.
    struct Row {
        let scan: PhantomScan
        let study: StudyIdentity
    }

    let rows: [Row]
    let seed: UInt64

    /// The files of a format, below `labels/`.
    func files(_ format: LabelFormat) -> [ExportedFile] {
        switch format {
        case .plainCSV: [file("ct_labels.csv", plain())]
        case .reportCSV: [file("report_labels.csv", reports())]
        case .rsna2019: [file("stage_2_train.csv", rsna())]
        case .cq500Reads: [file("reads.csv", "\u{FEFF}" + reads())]
        case .ctICH:
            [
                file("hemorrhage_diagnosis_raw_ct.csv", ctICHDiagnoses()),
                file("patient_demographics.csv", ctICHPatients()),
            ]
        }
    }

    private func file(_ name: String, _ text: String) -> ExportedFile {
        ExportedFile(path: "labels/" + name, bytes: Array(text.utf8))
    }

    private func generator(_ stream: String) -> SeededGenerator {
        SeededGenerator(seed: seed, stream: "labels", stream)
    }

    private func flags(_ labels: [HaemorrhageType: Bool]) -> [String] {
        HaemorrhageType.allCases.map { labels[$0] == true ? "1" : "0" }
    }

    // MARK: One row an exam

    private func plain() -> String {
        var generator = generator("plain")
        let types = HaemorrhageType.allCases.map(\.name)
        let header = ["StudyInstanceUID"] + types + ["context", "volume_ml", "r1", "r2", "r3"]
        let lines = rows.map { row in
            let labels = row.scan.labels
            let readings = (0..<3).map { _ in labels[.any] == true }
            let dissenting = dissent(of: readings, scan: row.scan, using: &generator)
            let context = row.scan.exam.context.map(\.rawValue).joined(separator: ";")
            let volume = labels[.any] == true ? Self.decimal(row.scan.volumeML) : ""
            let cells =
                [row.study.studyUID] + flags(labels) + [context, volume]
                + dissenting.map { $0 ? "1" : "0" }
            return cells.joined(separator: ",")
        }
        return ([header.joined(separator: ",")] + lines).joined(separator: "\r\n") + "\r\n"
    }

    /// Semicolons, accession numbers with leading zeros, sentences with identities, a stray row.
    private func reports() -> String {
        var generator = generator("report")
        let types = HaemorrhageType.allCases.map(\.name)
        let header = ["AccessionNumber", "ExamDate"] + types + ["context", "report_text"]
        var lines = [header.joined(separator: ";")]
        for row in rows {
            let patient = row.study.patient
            let context = row.scan.exam.context.map(\.rawValue).joined(separator: "|")
            let text = sentence(row, using: &generator)
            lines.append(
                ([patient.accessionNumber, patient.examDay.dotted] + flags(row.scan.labels)
                    + [context, "\"" + text + "\""]).joined(separator: ";")
            )
        }
        lines.append("0009999999;01.01.2020;0;0;0;0;0;0;none;\"exam of another archive\"")
        return lines.joined(separator: "\n") + "\n"
    }

    private func sentence(_ row: Row, using generator: inout SeededGenerator) -> String {
        let patient = row.study.patient
        let found = HaemorrhageType.subtypes.filter { row.scan.labels[$0] == true }
        guard !found.isEmpty else {
            return generator.pick([
                "\(patient.spokenName): no acute intracranial haemorrhage.",
                "No bleeding. Told to \(row.study.referring) at \(patient.phone).",
                "Normal for age; compared with CT of \(patient.birthDay.dotted).",
            ])
        }
        let names = found.map(\.name).joined(separator: " and ")
        return "\(patient.spokenName), born \(patient.birthDay.dotted): \(names) haemorrhage."
    }

    // MARK: Readers

    /// Three readers of whom at most one is wrong, the more often the smaller and fainter the blood.
    ///
    /// logit P(called) = 2.2 log10(V / 0.05 mL) + 0.08 (HU - 55) + 1 for the largest haemorrhage;
    /// 3 % of negatives are called by one reader. The majority is always right.
    private func dissent(
        of readings: [Bool],
        scan: PhantomScan,
        using generator: inout SeededGenerator
    ) -> [Bool] {
        let largest = scan.lesions.filter { !$0.isExpected }.max { $0.voxelML < $1.voxelML }
        var chance = 0.09
        if scan.labels[.any] == true, let largest {
            let volume = max(1e-3, largest.voxelML)
            let logit = 2.2 * log10(volume / 0.05) + 0.08 * (largest.hounsfield - 55) + 1
            chance = 1 - 1 / (1 + exp(-logit))
        }
        guard generator.happens(min(1, chance * 1.5)) else { return readings }
        var result = readings
        result[generator.nextIndex(below: result.count)].toggle()
        return result
    }

    private static let findings = [
        "ICH", "IPH", "IVH", "SDH", "EDH", "SAH", "BleedLocation-Left", "BleedLocation-Right",
        "ChronicBleed", "Fracture", "CalvarialFracture", "OtherFracture", "MassEffect",
        "MidlineShift",
    ]

    private func reads() -> String {
        var generator = generator("reads")
        var header = ["name", "Category"]
        for reader in 1...3 { header += Self.findings.map { "R\(reader):\($0)" } }
        var lines = [header.joined(separator: ",")]
        for row in rows {
            let truth = Self.readings(of: row.scan)
            let agreeing = (0..<3).map { _ in truth[0] }
            let calls = dissent(of: agreeing, scan: row.scan, using: &generator)
            var cells = [row.study.patient.patientID, generator.pick(["B1", "B2"])]
            for call in calls {
                let values = call == truth[0] ? truth : Self.dissenting(from: truth, call: call)
                cells += values.map { $0 ? "1" : "0" }
            }
            lines.append(cells.joined(separator: ","))
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    private static func readings(of scan: PhantomScan) -> [Bool] {
        let labels = scan.labels
        let abbreviations = findings.prefix(6).map { name in
            HaemorrhageType.allCases.first { $0.abbreviation == name } ?? .any
        }
        let shift = scan.midlineShiftMM
        let found = abbreviations.map { labels[$0] == true }
        return found + [false, false, false, false, false, false, shift > 2, shift > 5]
    }

    /// A dissenting reader calls nothing, or calls a parenchymal haemorrhage that is not there.
    private static func dissenting(from truth: [Bool], call: Bool) -> [Bool] {
        var values = [Bool](repeating: false, count: truth.count)
        if call { values[0...1] = [true, true] }
        return values
    }

    // MARK: One row a slice

    private func rsna() -> String {
        var generator = generator("rsna")
        var lines: [String] = []
        for row in rows {
            for index in row.scan.slices.indices {
                let labels = row.scan.labels(ofSlice: index)
                for type in HaemorrhageType.subtypes + [.any] {
                    let value = labels[type] == true ? "1" : "0"
                    lines.append("\(row.study.instanceUIDs[index])_\(type.name),\(value)")
                }
            }
        }
        lines += lines.prefix(6)
        return "ID,Label\n" + generator.shuffled(lines).joined(separator: "\n") + "\n"
    }

    private func ctICHDiagnoses() -> String {
        var lines = [
            "PatientNumber,SliceNumber,Intraventricular,Intraparenchymal,Subarachnoid,Epidural,"
                + "Subdural,No_Hemorrhage,Fracture_Yes_No"
        ]
        let order: [HaemorrhageType] = [
            .intraventricular, .intraparenchymal, .subarachnoid, .epidural, .subdural,
        ]
        for row in rows {
            for index in row.scan.slices.indices {
                let labels = row.scan.labels(ofSlice: index)
                let cells =
                    ["\(row.scan.exam.index + 1)", "\(index + 1)"]
                    + order.map { labels[$0] == true ? "1" : "0" }
                    + [labels[.any] == true ? "0" : "1", ""]
                lines.append(cells.joined(separator: ","))
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func ctICHPatients() -> String {
        let lines = rows.map { row in
            let patient = row.study.patient
            let sex = patient.isMale ? "Male" : "Female"
            return
                "\(row.scan.exam.index + 1),\(patient.patientID),\(Int(patient.ageYears)),\(sex)"
        }
        return "PatientNumber,HospitalID,Age(years),Gender\n" + lines.joined(separator: "\n") + "\n"
    }

    private static func decimal(_ value: Double) -> String {
        String((value * 1000).rounded() / 1000)
    }
}
