/// RSNA 2019 `stage_2_train.csv`: `ID,Label`, a row for each image and type, `ID` = image and type
/// joined by `_`.
///
/// The image is the SOP Instance UID, which in the challenge has the form `ID_<9 hex>`.
enum RSNALabels {
    static func read(_ files: [[UInt8]]) throws(HeadCTError) -> LabelTable {
        var builder = LabelTableBuilder()
        var isFound = false
        for (file, bytes) in files.enumerated() {
            var reader = try CSVReader(bytes)
            guard let id = reader.column("ID"), let label = reader.column("Label") else { continue }
            isFound = true
            while let record = try reader.next() {
                builder.countRow()
                add(record, id: id, label: label, file: file, to: &builder)
            }
        }
        guard isFound else {
            throw HeadCTError(.missingColumn, "no file has the columns ID and Label")
        }
        return builder.table(format: .rsna2019)
    }

    private static func add(
        _ record: CSVReader.Record,
        id: Int,
        label: Int,
        file: Int,
        to builder: inout LabelTableBuilder
    ) {
        let kind = LabelKey.Kind.sopInstanceUID
        let text = record.field(id)
        guard
            let whole = builder.identifier(text, kind: kind, file: file, row: record.row)
        else { return }
        guard let separator = whole.lastIndex(of: "_"), separator > whole.startIndex,
            let type = HaemorrhageType(name: whole[whole.index(after: separator)...])
        else {
            builder.note(LabelIssue(.invalidIdentifier, key: kind, file: file, row: record.row))
            return
        }
        guard
            let image = builder.identifier(
                String(whole[..<separator]),
                kind: kind,
                file: file,
                row: record.row
            ),
            let value = builder.flag(
                record.field(label),
                column: "Label",
                kind: kind,
                file: file,
                row: record.row
            )
        else { return }
        builder.add(
            type,
            value,
            source: .single,
            for: .sopInstanceUID(image),
            file: file,
            row: record.row
        )
    }
}
