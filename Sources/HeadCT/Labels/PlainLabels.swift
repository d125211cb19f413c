/// One row an exam: by StudyInstanceUID (`plain-csv`) or by AccessionNumber (`report-csv`).
///
/// Columns in any order and case: any, epidural, intraparenchymal, intraventricular, subarachnoid,
/// subdural (0, 1 or blank); optional: context, postoperative, hardware, pediatric, volume_ml,
/// label_source, and r1, r2 ... with each reader's "any". Other columns, report texts among them,
/// are not looked at.
struct PlainLabels {
    let format: LabelFormat

    private var kind: LabelKey.Kind {
        format == .reportCSV ? .accessionNumber : .studyInstanceUID
    }

    private var keyColumn: String {
        format == .reportCSV ? "AccessionNumber" : "StudyInstanceUID"
    }

    func read(_ files: [[UInt8]]) throws(HeadCTError) -> LabelTable {
        var builder = LabelTableBuilder()
        var isFound = false
        for (file, bytes) in files.enumerated() {
            var reader = try CSVReader(bytes)
            guard let key = reader.column(keyColumn) else { continue }
            isFound = true
            guard HaemorrhageType.allCases.contains(where: { reader.column($0.name) != nil }) else {
                throw HeadCTError(.missingColumn, "no column any, epidural ... subdural")
            }
            while let record = try reader.next() {
                builder.countRow()
                add(record, key: key, reader, file: file, to: &builder)
            }
        }
        guard isFound else {
            throw HeadCTError(.missingColumn, "no file has the column \(keyColumn)")
        }
        return builder.table(format: format)
    }

    private func add(
        _ record: CSVReader.Record,
        key column: Int,
        _ reader: CSVReader,
        file: Int,
        to builder: inout LabelTableBuilder
    ) {
        guard
            let id = builder.identifier(
                record.field(column),
                kind: kind,
                file: file,
                row: record.row
            )
        else { return }
        let cell = { (name: String, builder: inout LabelTableBuilder) in
            builder.flag(
                record.field(reader.column(name)),
                column: name,
                kind: kind,
                file: file,
                row: record.row
            )
        }
        var values: [HaemorrhageType: Bool] = [:]
        for type in HaemorrhageType.allCases { values[type] = cell(type.name, &builder) }
        var votes: [HaemorrhageType: ReaderVotes] = [:]
        let readings = reader.header.filter { $0.wholeMatch(of: /[rR][0-9]+/) != nil }
            .compactMap { cell($0, &builder) }
        if !readings.isEmpty {
            let vote = ReaderVotes(present: readings.count { $0 }, readers: readings.count)
            votes[.any] = vote
            values[.any] = values[.any] ?? vote.majority
        }
        let labels = ExamLabels(
            values: values,
            source: source(record, reader, hasReaders: readings.count > 1),
            context: context(record, reader, file: file, &builder),
            votes: votes,
            statedVolumeML: volume(record, reader)
        )
        builder.add(
            labels,
            for: format == .reportCSV ? .accessionNumber(id) : .studyInstanceUID(id),
            file: file,
            row: record.row
        )
    }

    private func source(
        _ record: CSVReader.Record,
        _ reader: CSVReader,
        hasReaders: Bool
    ) -> LabelSource {
        let stated = record.field(reader.column("label_source")).lowercased()
        if let source = LabelSource(rawValue: stated) { return source }
        if hasReaders { return .consensus }
        return format == .reportCSV ? .report : .unknown
    }

    private func volume(_ record: CSVReader.Record, _ reader: CSVReader) -> Double? {
        let text = record.field(reader.column("volume_ml")).replacing(",", with: ".")
        return Double(text).flatMap { $0 >= 0 && $0.isFinite ? $0 : nil }
    }

    private func context(
        _ record: CSVReader.Record,
        _ reader: CSVReader,
        file: Int,
        _ builder: inout LabelTableBuilder
    ) -> [ExamContext] {
        var result: Set<ExamContext> = []
        let words = record.field(reader.column("context"))
            .split { ";|+, /".contains($0) }
        for word in words {
            if let context = ExamContext(rawValue: word.lowercased()) {
                result.insert(context)
            } else {
                builder.note(
                    LabelIssue(
                        .unknownContext,
                        key: kind,
                        file: file,
                        row: record.row,
                        column: "context"
                    )
                )
            }
        }
        for context in [ExamContext.postoperative, .hardware, .pediatric] {
            let column = context.rawValue
            let stated = builder.flag(
                record.field(reader.column(column)),
                column: column,
                kind: kind,
                file: file,
                row: record.row
            )
            if stated == true { result.insert(context) }
        }
        if result.count > 1 { result.remove(.unremarkable) }
        return result.sorted()
    }
}
