/// Collects rows into a table: agreeing duplicates merge, conflicting ones are listed and give no
/// entry.
struct LabelTableBuilder {
    private struct Slot {
        var labels: ExamLabels
        let file: Int
        let row: Int
        var isConflicting = false
    }

    private(set) var issues: [LabelIssue] = []
    private(set) var rowCount = 0
    private var order: [LabelKey] = []
    private var slots: [LabelKey: Slot] = [:]

    /// Counts a row that was read.
    mutating func countRow() { rowCount += 1 }

    /// Lists a row that gives no label.
    mutating func note(_ issue: LabelIssue) { issues.append(issue) }

    /// Checks an identifier; a bad one is listed and nil is returned.
    mutating func identifier(
        _ text: String,
        kind: LabelKey.Kind,
        file: Int,
        row: Int
    ) -> String? {
        let reason: LabelIssue.Reason
        if text.isEmpty {
            reason = .missingIdentifier
        } else if Self.isExcelDamaged(text) {
            reason = .excelDamagedIdentifier
        } else if kind == .studyInstanceUID && !Self.isUID(text) {
            reason = .invalidIdentifier
        } else {
            return text
        }
        note(LabelIssue(reason, key: kind, file: file, row: row))
        return nil
    }

    /// A spreadsheet's rendering of a long number, such as 1.2E+30; what it stood for is lost.
    static func isExcelDamaged(_ text: String) -> Bool {
        text.wholeMatch(of: /[0-9]+(?:[.,][0-9]+)?[eE]\+[0-9]+/) != nil
    }

    static func isUID(_ text: String) -> Bool {
        text.utf8.count <= 64 && text.wholeMatch(of: /[0-9]+(?:\.[0-9]+)+/) != nil
    }

    /// The value of a cell: nil where it is unknown; anything but 0, 1 and blank is listed.
    mutating func flag(
        _ text: String,
        column: String,
        kind: LabelKey.Kind,
        file: Int,
        row: Int
    ) -> Bool? {
        switch text.lowercased() {
        case "0", "0.0", "false", "no": return false
        case "1", "1.0", "true", "yes": return true
        case "", "na", "n/a", "nan", "unknown", "?": return nil
        default:
            note(LabelIssue(.invalidValue, key: kind, file: file, row: row, column: column))
            return nil
        }
    }

    /// Adds what a row says about a key.
    mutating func add(_ labels: ExamLabels, for key: LabelKey, file: Int, row: Int) {
        var labels = labels
        if labels.values.contradictsItself {
            note(LabelIssue(.contradictory, key: key.kind, file: file, row: row))
            return
        }
        labels.values = labels.values.withDerivedAny
        guard let slot = slots[key] else {
            order.append(key)
            slots[key] = Slot(labels: labels, file: file, row: row)
            return
        }
        if slot.labels != labels { markConflict(key, file: file, row: row) }
    }

    /// Adds one value of a key that has a row for each type.
    mutating func add(
        _ type: HaemorrhageType,
        _ value: Bool,
        source: LabelSource,
        for key: LabelKey,
        file: Int,
        row: Int
    ) {
        guard let slot = slots[key] else {
            order.append(key)
            let labels = ExamLabels(values: [type: value], source: source)
            slots[key] = Slot(labels: labels, file: file, row: row)
            return
        }
        if let known = slot.labels.values[type] {
            if known != value { markConflict(key, file: file, row: row) }
        } else {
            slots[key]?.labels.values[type] = value
        }
    }

    private mutating func markConflict(_ key: LabelKey, file: Int, row: Int) {
        slots[key]?.isConflicting = true
        note(LabelIssue(.conflictingDuplicate, key: key.kind, file: file, row: row))
    }

    /// The table of what was added.
    mutating func table(
        format: LabelFormat,
        patientIDs: [String: String] = [:]
    ) -> LabelTable {
        var entries: [LabelTable.Entry] = []
        for key in order {
            guard var slot = slots[key], !slot.isConflicting else { continue }
            if slot.labels.values.contradictsItself {
                note(LabelIssue(.contradictory, key: key.kind, file: slot.file, row: slot.row))
                continue
            }
            slot.labels.values = slot.labels.values.withDerivedAny
            entries.append(
                LabelTable.Entry(key: key, labels: slot.labels, file: slot.file, row: slot.row)
            )
        }
        return LabelTable(
            format: format,
            entries: entries,
            issues: issues,
            rowCount: rowCount,
            patientIDs: patientIDs
        )
    }
}
