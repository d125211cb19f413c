import DICOM

/// Copies of a data set what its rule book lets through, into a new one: nothing is inherited.
///
/// The same rules hold in every item at every depth. What has no rule, an unexpected value
/// representation or multiplicity, or a value of the wrong form is dropped.
struct DataSetRebuild {
    let book: RuleBook
    let map: IdentifierMap
    let shiftDays: Int
    let cleaner: TextCleaner
    let keepsSafePrivate: Bool
    private(set) var tally = ActionTally()

    /// What became of top-level texts, of this file and those before it in the series.
    private(set) var texts: [DataElement: SeriesMemory.RebuiltText]

    init(
        book: RuleBook,
        map: IdentifierMap,
        shiftDays: Int,
        cleaner: TextCleaner,
        keepsSafePrivate: Bool,
        texts: [DataElement: SeriesMemory.RebuiltText] = [:]
    ) {
        self.texts = texts
        self.book = book
        self.map = map
        self.shiftDays = shiftDays
        self.cleaner = cleaner
        self.keepsSafePrivate = keepsSafePrivate
    }

    /// The elements that stay, in ascending order but for private ones, which come last.
    mutating func elements(of input: DataSet, isTop: Bool = false) -> [DataElement] {
        var output: [DataElement] = []
        for element in input where !element.tag.isPrivate {
            if let rebuilt = isTop ? remembered(element, in: input) : rebuilt(element, in: input) {
                output.append(rebuilt)
            } else {
                tally.count(.removed, element.tag)
            }
        }
        return output + privateElements(of: input)
    }

    /// Notes what was done to an attribute outside the rules.
    mutating func count(_ action: ActionCount.Action, _ tag: Tag) {
        tally.count(action, tag)
    }

    private mutating func privateElements(of input: DataSet) -> [DataElement] {
        let kept =
            keepsSafePrivate ? SafePrivateFilter(cleaner: cleaner).elements(of: input) : []
        for element in kept { tally.count(.kept, element.tag) }
        let removed = input.count { $0.tag.isPrivate } - kept.count
        for element in input.filter(\.tag.isPrivate).prefix(max(0, removed)) {
            tally.count(.removed, Tag(element.tag.group, 0))
        }
        return kept
    }

    /// The same as ``rebuilt(_:in:)``, looked up if the series had the same text before.
    private mutating func remembered(_ element: DataElement, in input: DataSet) -> DataElement? {
        guard let rule = book.rule(for: element.tag) else { return nil }
        guard element.vr.isText, rule == .cleanText || rule == .keep else {
            return rebuilt(element, in: input)
        }
        if let known = texts[element] {
            guard let copy = known.element else { return nil }
            return counted(known.action, copy)
        }
        let cleanedBefore = tally.times(.cleaned, element.tag)
        guard let copy = rebuilt(element, in: input) else {
            texts[element] = SeriesMemory.RebuiltText(element: nil, action: .removed)
            return nil
        }
        let action: ActionCount.Action =
            tally.times(.cleaned, element.tag) > cleanedBefore ? .cleaned : .kept
        texts[element] = SeriesMemory.RebuiltText(element: copy, action: action)
        return copy
    }

    private mutating func rebuilt(_ element: DataElement, in input: DataSet) -> DataElement? {
        guard let entry = book.entry(for: element.tag) else { return nil }
        let rule = entry.rule
        let vr = element.vr == .un ? entry.representations[0] : element.vr
        guard entry.representations.contains(vr) else { return nil }
        if rule == .recurse { return sequence(element) }
        guard let values = values(of: element, vr: vr, in: input) else { return nil }
        if values.isEmpty {
            tally.count(.kept, element.tag)
            return DataElement(empty: element.tag, vr)
        }
        switch rule {
        case .keep: return kept(element, vr: vr, values, entry.multiplicity)
        case .cleanText: return cleaned(element.tag, vr: vr, values)
        case .keepText: return keptText(element.tag, vr: vr, values)
        case .shiftDate: return moved(element.tag, vr: vr, values, byDays: shiftDays)
        case .keepDate: return moved(element.tag, vr: vr, values, byDays: 0)
        case .keepTime:
            guard
                values.allSatisfy({
                    TemporalValue.isTimeOrZone(Array($0.utf8)[...], vr: vr)
                        && !cleaner.tokens.isRecordNumber($0)
                })
            else { return nil }
            return counted(.kept, DataElement(element.tag, vr, text: values))
        case .capAge:
            guard values.count == 1, let age = TemporalValue.cappedAge(values[0]) else {
                return nil
            }
            return counted(
                age == values[0] ? .kept : .cleaned,
                DataElement(element.tag, vr, text: age)
            )
        case .replaceDevice:
            let standIns = values.filter { !$0.isEmpty }.map(map.device)
            return counted(.replaced, DataElement(element.tag, vr, text: standIns))
        case .mapUID: return mapped(element.tag, vr: vr, values)
        case .keepUID: return keptUIDs(element.tag, vr: vr, values)
        case .recurse: return nil
        }
    }

    private mutating func counted(
        _ action: ActionCount.Action,
        _ element: DataElement
    ) -> DataElement {
        tally.count(action, element.tag)
        return element
    }

    /// The values of a text element up to a NUL, trimmed; one placeholder for binary values.
    ///
    /// Nil for values of another kind; empty if there is no value.
    private func values(of element: DataElement, vr: VR, in input: DataSet) -> [String]? {
        guard let bytes = element.bytes else { return nil }
        if bytes.isEmpty { return [] }
        guard vr.isText else { return [""] }
        let cut = bytes.prefix { $0 != 0 }
        let values = input.characterSet.decodeValues(cut, vr: vr).map { $0.trimmingSpaces() }
        return values.allSatisfy(\.isEmpty) ? [] : values
    }

    private mutating func sequence(_ element: DataElement) -> DataElement? {
        guard case .items(let items) = element.value else { return nil }
        let rebuilt = items.compactMap { item -> DataSet? in
            let elements = isCoded(item) ? codedConcept(item) : elements(of: item)
            return elements.isEmpty ? nil : DataSet(elements)
        }
        guard !rebuilt.isEmpty else { return nil }
        let copy = DataElement(tag: element.tag, vr: .sq, value: .items(rebuilt))
        return counted(.kept, copy)
    }

    // MARK: Values

    private mutating func kept(
        _ element: DataElement,
        vr: VR,
        _ values: [String],
        _ multiplicity: ValueMultiplicity
    ) -> DataElement? {
        let tag = element.tag
        if vr.isText {
            let terms =
                vr == .cs
                ? allowedTerms(values, for: tag)
                : allowedNumbers(values, vr: vr, for: tag, multiplicity)
            guard !terms.isEmpty, multiplicity.allows(terms.count) else { return nil }
            return counted(
                terms.count == values.count ? .kept : .cleaned,
                DataElement(tag, vr, text: terms)
            )
        }
        guard let bytes = element.bytes,
            let count = NumericValue.binaryCount(element, vr: vr),
            multiplicity.allows(count),
            !NumericValue.texts(of: element, vr: vr).contains(where: cleaner.tokens.isRecordNumber)
        else { return nil }
        return counted(.kept, DataElement(tag: tag, vr: vr, value: .bytes(bytes)))
    }

    /// All values if each is a defined term, else none; an image type loses unknown later values.
    private func allowedTerms(_ values: [String], for tag: Tag) -> [String] {
        let isAllowed = { (value: String) in DefinedTerms.allows(value, for: tag) }
        if tag == .imageType {
            guard values.count >= 2, values.prefix(2).allSatisfy(isAllowed) else { return [] }
            // Value 3 says what a CT image is (PS3.3 C.8.2.1.1.1); no other may slip into its place.
            let third = values.dropFirst(2).prefix(1).map { isAllowed($0) ? $0 : "AXIAL" }
            return values.prefix(2) + third + values.dropFirst(3).filter(isAllowed)
        }
        return values.allSatisfy(isAllowed) ? values : []
    }

    /// All values if each is safe; of a list of any length those up to the first that is not.
    private func allowedNumbers(
        _ values: [String],
        vr: VR,
        for tag: Tag,
        _ multiplicity: ValueMultiplicity
    ) -> [String] {
        let numbers = vr == .ds ? values.map(NumericValue.withinLimit) : values
        if numbers.count > 1, !CTImageTable.mandatory.contains(tag),
            cleaner.tokens.isRecordNumber(numbers.joined())
        {
            return []
        }
        let safe = numbers.prefix { isSafeNumber($0, vr: vr, for: tag) }
        return safe.count == values.count || multiplicity.isOpen ? Array(safe) : []
    }

    private func isSafeNumber(_ value: String, vr: VR, for tag: Tag) -> Bool {
        guard NumericValue.isValid(value, vr: vr, for: tag) else { return false }
        return CTImageTable.mandatory.contains(tag) || !cleaner.tokens.isRecordNumber(value)
    }

    private mutating func cleaned(_ tag: Tag, vr: VR, _ values: [String]) -> DataElement? {
        let vocabularies = Self.vocabularies(for: tag)
        let isNarrative = [.st, .lt, .ut, .uc].contains(vr)
        let kept = values.compactMap {
            cleaner.clean($0, vocabularies, isNarrative: isNarrative)
        }
        guard !kept.isEmpty,
            kept.count == 1 || !cleaner.tokens.isScatteredRecordNumber(kept.joined()),
            kept.allSatisfy({ $0.unicodeScalars.count <= 64 || isNarrative })
        else {
            return nil
        }
        return counted(kept == values ? .kept : .cleaned, DataElement(tag, vr, text: kept))
    }

    private static func vocabularies(for tag: Tag) -> TextCleaner.Vocabularies {
        switch tag {
        case .manufacturer, .manufacturerModelName: .product
        case .convolutionKernel, .filterType: .kernel
        case .softwareVersions: .version
        case .rescaleType: .rescaleType
        case Tag(0x0010, 0x2160): .ethnicGroup
        default: .description
        }
    }

    /// Text of an institution, if no person's name is in it.
    private mutating func keptText(_ tag: Tag, vr: VR, _ values: [String]) -> DataElement? {
        let words = values.flatMap { TextFolding.words(TextFolding.fold($0)) }
        let isPlain = values.allSatisfy { text in
            text.unicodeScalars.count <= (vr == .sh ? 16 : vr == .lo ? 64 : 1024)
                && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0xFFFD }
        }
        guard isPlain,
            !words.contains(where: { cleaner.tokens.forbiddenNames.contains(String($0)) })
        else { return nil }
        return counted(.kept, DataElement(tag, vr, text: values))
    }

    private mutating func keptUIDs(_ tag: Tag, vr: VR, _ values: [String]) -> DataElement? {
        guard vr == .ui, values.allSatisfy({ $0.isEmpty || UniqueIdentifier.isValid($0) }) else {
            return nil
        }
        return counted(.kept, DataElement(tag, vr, text: values))
    }

    private mutating func moved(
        _ tag: Tag,
        vr: VR,
        _ values: [String],
        byDays days: Int
    ) -> DataElement? {
        let moved = values.compactMap { value in
            vr == .da
                ? TemporalValue.shiftedDate(value, byDays: days)
                : TemporalValue.shiftedDateTime(value, byDays: days)
        }
        guard moved.count == values.count else { return nil }
        return counted(days == 0 ? .kept : .shifted, DataElement(tag, vr, text: moved))
    }

    private mutating func mapped(_ tag: Tag, vr: VR, _ values: [String]) -> DataElement? {
        guard vr == .ui else { return nil }
        let images = values.map { $0.isEmpty ? $0 : map.uid($0) }
        return counted(images == values ? .kept : .replaced, DataElement(tag, vr, text: images))
    }

    // MARK: Codes

    private func isCoded(_ item: DataSet) -> Bool {
        [.codeValue, .longCodeValue, .urnCodeValue, .codeMeaning].contains { item[$0] != nil }
    }

    /// Value, scheme and meaning of a standard code; nothing for any other item with a code.
    private mutating func codedConcept(_ item: DataSet) -> [DataElement] {
        guard let value = item.string(.codeValue),
            let scheme = item.string(.codingSchemeDesignator),
            CodedConcept.isStandard(value, scheme: scheme),
            !cleaner.tokens.isRecordNumber(value),
            !cleaner.tokens.forbidden.contains(
                TextFolding.words(TextFolding.fold(value)).joined()
            )
        else {
            for element in item { tally.count(.removed, element.tag) }
            return []
        }
        let meaning = item.string(.codeMeaning).flatMap { text in
            cleaner.clean(text, .description) == text ? text : nil
        }
        let elements = [
            DataElement(.codeValue, .sh, text: value),
            DataElement(.codingSchemeDesignator, .sh, text: scheme),
            DataElement(.codeMeaning, .lo, text: meaning ?? value),
        ]
        for element in elements { tally.count(.kept, element.tag) }
        return elements
    }
}
