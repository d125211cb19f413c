/// CT-ICH (PhysioNet): `hemorrhage_diagnosis_raw_ct.csv` by patient and slice number, and the table
/// of patients.
///
/// SliceNumber is the InstanceNumber. The patients' table may map PatientNumber to the hospital's
/// PatientID in a column HospitalID; without it the number itself is the PatientID. Blank cells are
/// unknown; any = 1 - No_Hemorrhage.
enum CTICHLabels {
    private static let types: [(column: String, type: HaemorrhageType)] = [
        ("Intraventricular", .intraventricular), ("Intraparenchymal", .intraparenchymal),
        ("Subarachnoid", .subarachnoid), ("Epidural", .epidural), ("Subdural", .subdural),
    ]

    static func read(_ files: [[UInt8]]) throws(HeadCTError) -> LabelTable {
        var builder = LabelTableBuilder()
        var hasDiagnoses = false
        let patients = try patientIDs(files, &builder)
        for (file, bytes) in files.enumerated() {
            var reader = try CSVReader(bytes)
            guard reader.column("No_Hemorrhage") != nil else { continue }
            guard let patient = reader.column("PatientNumber"),
                let slice = reader.column("SliceNumber")
            else { throw HeadCTError(.missingColumn, "PatientNumber or SliceNumber") }
            hasDiagnoses = true
            while let record = try reader.next() {
                builder.countRow()
                let number = builder.identifier(
                    record.field(patient),
                    kind: .patientSlice,
                    file: file,
                    row: record.row
                )
                guard let number else { continue }
                guard let instance = Int(record.field(slice)) else {
                    builder.note(
                        LabelIssue(
                            .invalidIdentifier,
                            key: .patientSlice,
                            file: file,
                            row: record.row,
                            column: "SliceNumber"
                        )
                    )
                    continue
                }
                guard let patientID = patients.isEmpty ? number : patients[number] else {
                    builder.note(
                        LabelIssue(
                            .unknownPatientNumber,
                            key: .patientSlice,
                            file: file,
                            row: record.row
                        )
                    )
                    continue
                }
                builder.add(
                    labels(of: record, reader, file: file, &builder),
                    for: .patientSlice(patientID: patientID, instanceNumber: instance),
                    file: file,
                    row: record.row
                )
            }
        }
        guard hasDiagnoses else {
            throw HeadCTError(.missingColumn, "no file has the column No_Hemorrhage")
        }
        return builder.table(format: .ctICH, patientIDs: patients)
    }

    private static func labels(
        of record: CSVReader.Record,
        _ reader: CSVReader,
        file: Int,
        _ builder: inout LabelTableBuilder
    ) -> ExamLabels {
        var values: [HaemorrhageType: Bool] = [:]
        for (column, type) in types {
            values[type] = builder.flag(
                record.field(reader.column(column)),
                column: column,
                kind: .patientSlice,
                file: file,
                row: record.row
            )
        }
        let isAbsent = builder.flag(
            record.field(reader.column("No_Hemorrhage")),
            column: "No_Hemorrhage",
            kind: .patientSlice,
            file: file,
            row: record.row
        )
        values[.any] = isAbsent.map { !$0 }
        return ExamLabels(values: values, source: .consensus)
    }

    /// PatientID by patient number, from the table with a column HospitalID; a number with two
    /// PatientIDs is listed.
    private static func patientIDs(
        _ files: [[UInt8]],
        _ builder: inout LabelTableBuilder
    ) throws(HeadCTError) -> [String: String] {
        var result: [String: String] = [:]
        var ambiguous: Set<String> = []
        for (file, bytes) in files.enumerated() {
            var reader = try CSVReader(bytes)
            guard let number = reader.column("PatientNumber", "Patient Number"),
                let id = reader.column("HospitalID", "PatientID")
            else { continue }
            while let record = try reader.next() {
                let key = record.field(number)
                guard
                    let value = builder.identifier(
                        record.field(id),
                        kind: .patientID,
                        file: file,
                        row: record.row
                    )
                else { continue }
                if let known = result[key], known != value {
                    ambiguous.insert(key)
                    builder.note(
                        LabelIssue(
                            .conflictingDuplicate,
                            key: .patientID,
                            file: file,
                            row: record.row
                        )
                    )
                }
                result[key] = value
            }
        }
        return result.filter { !ambiguous.contains($0.key) }
    }
}
