/// CQ500 `reads.csv`: columns `name` and `R<n>:<finding>`; the label is the reading of more than
/// half of the readers.
enum CQ500Labels {
    private struct Columns {
        let name: Int
        let readings: [(type: HaemorrhageType, column: Int)]
    }

    static func read(_ files: [[UInt8]]) throws(HeadCTError) -> LabelTable {
        var builder = LabelTableBuilder()
        var isFound = false
        for (file, bytes) in files.enumerated() {
            var reader = try CSVReader(bytes)
            guard let columns = columns(of: reader) else { continue }
            isFound = true
            while let record = try reader.next() {
                builder.countRow()
                add(record, columns, header: reader.header, file: file, to: &builder)
            }
        }
        guard isFound else {
            throw HeadCTError(.missingColumn, "no file has the columns name and R1:ICH ...")
        }
        return builder.table(format: .cq500Reads)
    }

    private static func columns(of reader: CSVReader) -> Columns? {
        guard let name = reader.column("name") else { return nil }
        var readings: [(type: HaemorrhageType, column: Int)] = []
        for (column, title) in reader.header.enumerated() {
            guard let match = title.wholeMatch(of: /R[0-9]+:([A-Za-z]+)/) else { continue }
            let finding = match.1.uppercased()
            guard
                let type = HaemorrhageType.allCases.first(where: { $0.abbreviation == finding })
            else { continue }
            readings.append((type, column))
        }
        return readings.isEmpty ? nil : Columns(name: name, readings: readings)
    }

    private static func add(
        _ record: CSVReader.Record,
        _ columns: Columns,
        header: [String],
        file: Int,
        to builder: inout LabelTableBuilder
    ) {
        guard
            let name = builder.identifier(
                record.field(columns.name),
                kind: .patientID,
                file: file,
                row: record.row
            )
        else { return }
        var votes: [HaemorrhageType: ReaderVotes] = [:]
        for (type, column) in columns.readings {
            let value = builder.flag(
                record.field(column),
                column: header[column],
                kind: .patientID,
                file: file,
                row: record.row
            )
            guard let value else { continue }
            votes[type, default: ReaderVotes(present: 0, readers: 0)].readers += 1
            if value { votes[type]?.present += 1 }
        }
        builder.add(
            ExamLabels(
                values: votes.compactMapValues(\.majority),
                source: .consensus,
                votes: votes
            ),
            for: .patientID(name),
            file: file,
            row: record.row
        )
    }

    /// A patient's name for comparison: `CQ500-CT-12` and the folder's `CQ500CT12` are the same
    /// patient.
    static func normalized(_ patientID: String) -> String {
        guard let match = patientID.wholeMatch(of: /CQ500-?CT-?([0-9]+)/.ignoresCase()) else {
            return patientID
        }
        return "CQ500-CT-" + match.1
    }
}
