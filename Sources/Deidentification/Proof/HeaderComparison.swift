package import DICOM

/// The differences of two headers, with every value masked that did not come through unchanged.
package enum HeaderComparison {
    /// The attributes of both headers in ascending order, items after the sequence that holds them.
    package static func changes(from input: DataSet, to output: DataSet) -> [HeaderChange] {
        changes(from: input, to: output, below: "")
    }

    /// The same for a reader outside the site: of values only those that say how the scanner worked
    /// are shown, of all others the kind.
    package static func maskedChanges(
        from input: DataSet,
        to output: DataSet
    ) -> [HeaderChange] {
        changes(from: input, to: output).map { change in
            guard !isTechnical(change) else { return change }
            return HeaderChange(
                path: change.path,
                keyword: change.keyword,
                action: change.action,
                before: change.before.isEmpty ? "" : "\u{2022}\u{2022}\u{2022}",
                after: change.after.isEmpty ? "" : "\u{2022}\u{2022}\u{2022}"
            )
        }
    }

    /// Whether the whole attribute came through and lies in the groups of acquisition and picture.
    private static func isTechnical(_ change: HeaderChange) -> Bool {
        let groups = ["(0018,", "(0028,"]
        let isDateOrTime = ["Date", "Time"].contains { change.keyword.contains($0) }
        let isUID = change.keyword.hasSuffix("UID")
        return change.action == .kept && !isDateOrTime && !isUID
            && groups.contains { change.path.hasPrefix($0) }
    }

    private static func changes(
        from input: DataSet,
        to output: DataSet,
        below prefix: String
    ) -> [HeaderChange] {
        let tags = Set(input.map(\.tag)).union(output.map(\.tag)).sorted()
        return tags.flatMap { tag -> [HeaderChange] in
            let before = input[tag]
            let after = output[tag]
            let row = HeaderChange(
                path: prefix + tag.description,
                keyword: keyword(of: tag),
                action: action(tag, before, after),
                before: before.map { masked($0, in: input, isShown: $0.value == after?.value) }
                    ?? "",
                after: after.map { shown($0, in: output) } ?? ""
            )
            return [row] + items(before, after, below: prefix + tag.description)
        }
    }

    private static func items(
        _ before: DataElement?,
        _ after: DataElement?,
        below path: String
    ) -> [HeaderChange] {
        guard let before, let after, before.items.count == after.items.count else { return [] }
        return zip(before.items, after.items).enumerated().flatMap { index, pair in
            changes(from: pair.0, to: pair.1, below: "\(path)[\(index + 1)].")
        }
    }

    private static func keyword(of tag: Tag) -> String {
        if tag.isPrivate { return "private" }
        let name = DataDictionary.entry(for: tag)?.keyword ?? ""
        return name.isEmpty ? "unknown" : name
    }

    private static func action(
        _ tag: Tag,
        _ before: DataElement?,
        _ after: DataElement?
    ) -> ActionCount.Action {
        guard let before else { return .added }
        guard let after else { return .removed }
        if before.value == after.value { return .kept }
        if after.isEmpty { return .emptied }
        switch after.vr {
        case .da, .dt: return .shifted
        case .ui: return .replaced
        default: break
        }
        return [.patientName, .patientID].contains(tag) ? .replaced : .cleaned
    }

    /// The kind of a value, without its length, which could tell a name.
    private static func masked(_ element: DataElement, in dataSet: DataSet, isShown: Bool) -> String
    {
        if isShown { return shown(element, in: dataSet) }
        if element.isEmpty { return "" }
        return switch element.value {
        case .items: "items"
        case .fragments: "compressed pixels"
        case .bytes: element.tag == .pixelData ? "pixels" : "\(element.vr.rawValue) value"
        }
    }

    private static func shown(_ element: DataElement, in dataSet: DataSet) -> String {
        switch element.value {
        case .items(let items): return "\(items.count) item(s)"
        case .fragments: return "compressed pixels"
        case .bytes(let bytes):
            if element.tag == .pixelData { return "\(bytes.count) bytes" }
            if element.interpretedVR.isText {
                return dataSet.strings(element.tag).joined(separator: "\\")
            }
            let numbers = dataSet.doubles(element.tag)
            return numbers.isEmpty
                ? "\(bytes.count) bytes"
                : numbers.prefix(8).map { number in
                    number == number.rounded() && abs(number) < 1e15
                        ? "\(Int(number))" : "\(number)"
                }.joined(separator: "\\")
        }
    }
}
