import DICOM

/// The words and numbers of a file that identify someone: patient, staff, institution, records.
///
/// They are kept out of every text that stays, even where the vocabulary knows the word, and
/// searched for in the output. Folded, so that case, accents and order do not matter.
struct IdentityTokens: Sendable {
    /// Every form of a token that no text may hold, initials and reversed spellings included.
    private(set) var forbidden: Set<String> = []

    /// The tokens of three letters and more as written, for names of kernels and models.
    private(set) var forbiddenNames: Set<String> = []

    /// Numbers of records, digits only without leading zeros, that no number may equal.
    private(set) var forbiddenNumbers: Set<String> = []

    /// The whole values and words in the spelling of the file, for the search in the output.
    private(set) var spellings: Set<String> = []

    /// The bytes of the words as stored, for character sets that the search does not know.
    private(set) var storedForms: Set<[UInt8]> = []

    /// The dates of birth as eight digits.
    private(set) var birthDates: Set<String> = []

    /// Whether the digits of a number, before its point, after it or across it, are a record's
    /// number, or across it a date of birth.
    ///
    /// Fewer than six digits across a point occur by chance too often.
    func isRecordNumber(_ text: String) -> Bool {
        if !forbiddenNumbers.isDisjoint(with: NumericValue.digitRuns(text)) { return true }
        let digits = Self.digits(of: text)
        return digits.count >= 6
            && (forbiddenNumbers.contains(String(digits.drop { $0 == "0" }))
                || birthDates.contains(digits))
    }

    /// Whether the digits of a text, whatever stands between them, hold a record's number, five
    /// digits of one or a date of birth: `866mm 448mm 31mm`.
    func isScatteredRecordNumber(_ text: String) -> Bool {
        let digits = Self.digits(of: text)
        guard digits.count >= 4 else { return false }
        let parts = digits.indices.dropLast(4).map { digits[$0...].prefix(5) }
        return forbiddenNumbers.contains { number in
            digits.contains(number) || parts.contains { number.contains($0) }
        }
            || birthDates.lazy.flatMap(Self.digitOrders).contains { digits.contains($0) }
    }

    private static func digits(of text: String) -> String {
        text.filter { $0.isASCII && $0.isNumber }
    }

    /// The digits of a day in the orders and lengths in which people write it.
    private static func digitOrders(ofDay date: String) -> [String] {
        guard date.utf8.count == 8 else { return [] }
        let year = date.prefix(4)
        let month = date.dropFirst(4).prefix(2)
        let day = date.suffix(2)
        return [year, year.suffix(2)].flatMap { year in
            ["\(year)\(month)\(day)", "\(day)\(month)\(year)", "\(month)\(day)\(year)"]
        }
    }

    /// Words that do not identify anyone though identifiers contain them.
    private static let harmless: Set<String> = ["ct", "mr", "xa", "id", "no"]

    /// What the profile lets through, which is not searched for.
    private let retained: Set<DeidentificationProfile.Option>

    /// Collects the tokens of a data set and its items, without those that an option retains.
    init(of dataSet: DataSet, retaining options: Set<DeidentificationProfile.Option> = []) {
        retained = options.intersection([.retainInstitutionIdentity])
        collect(dataSet)
    }

    private mutating func collect(_ dataSet: DataSet) {
        for element in dataSet {
            switch element.value {
            case .items(let items):
                for item in items { collect(item) }
            case .bytes(let bytes):
                guard !bytes.isEmpty else { continue }
                collect(element, bytes: bytes, in: dataSet)
            case .fragments: continue
            }
        }
    }

    private mutating func collect(_ element: DataElement, bytes: [UInt8], in dataSet: DataSet) {
        let vr = element.interpretedVR
        if element.tag == .patientBirthDate {
            birthDates.formUnion(Self.values(bytes, dataSet, vr))
        } else if vr == .pn {
            for value in Self.values(bytes, dataSet, vr) { addName(value) }
            addStoredForms(bytes)
        } else if isIdentifying(element.tag, vr: vr) {
            let isInstitution = Self.isInstitution(element.tag)
            for value in Self.values(bytes, dataSet, vr) {
                addText(value, isInstitution: isInstitution)
            }
            addStoredForms(bytes)
        }
    }

    /// The elements that the tokens are made of, and those that decide how they are read.
    ///
    /// Files of one series mostly agree in them.
    static func sources(in dataSet: DataSet) -> [DataElement] {
        dataSet.filter { element in
            if [.specificCharacterSet, .patientBirthDate].contains(element.tag) { return true }
            return switch element.interpretedVR {
            case .lo, .sh, .st, .lt, .ut, .uc, .ae, .pn, .sq: !element.isEmpty
            default: false
            }
        }
    }

    private static func values(_ bytes: [UInt8], _ dataSet: DataSet, _ vr: VR) -> [String] {
        dataSet.characterSet.decodeValues(bytes[...], vr: vr).map { value in
            String(value.prefix { $0 != "\0" }).trimmingSpaces()
        }.filter { !$0.isEmpty }
    }

    /// Whether the attribute is text that names someone or something, not a description.
    private func isIdentifying(_ tag: Tag, vr: VR) -> Bool {
        switch vr {
        case .lo, .sh, .st, .lt, .ut, .uc, .ae: break
        default: return false
        }
        guard !tag.isPrivate, let entry = ConfidentialityTable.entry(for: tag) else { return false }
        if retained.contains(.retainInstitutionIdentity),
            entry.optionActions[.retainInstitutionIdentity] != nil
        {
            return false
        }
        // What describes an examination or a patient names nobody.
        return entry.optionActions[.cleanDescriptors] == nil
            && entry.optionActions[.retainPatientCharacteristics] == nil
    }

    /// Whether the attribute names a hospital or department, whose every word counts; of station
    /// names and numbers of orders only the words that describe nothing do.
    private static func isInstitution(_ tag: Tag) -> Bool {
        ConfidentialityTable.entry(for: tag)?.optionActions[.retainInstitutionIdentity] != nil
            || tag == Tag(0x0008, 0x0092) || tag == Tag(0x0010, 0x1040)
    }

    private mutating func addName(_ value: String) {
        for representation in value.split(separator: "=") {
            let text = String(representation)
            if Self.isRole(text) { continue }
            let words = addWords(text, isPerson: true)
            addInitials(words)
            addJoined(words)
        }
    }

    /// Whether a name is a single word of the trade, such as `CT`, as consoles and phantoms have.
    ///
    /// It is replaced like any other, but hides in no description.
    private static func isRole(_ text: String) -> Bool {
        let words = TextFolding.words(TextFolding.fold(text))
        return words.count == 1 && Vocabulary.isDescriptive(words[0])
    }

    private mutating func addText(_ value: String, isInstitution: Bool) {
        // A `Stroke Centre` does not make `STROKE` an identifier; its name as a whole is one.
        let words = addWords(value, keepingVocabulary: true)
        let joined = words.joined()
        if joined.count >= 3 {
            let isWholeName = isInstitution && words.count > 1
            if isWholeName || !Vocabulary.isDescriptive(joined[...]) { forbidden.insert(joined) }
            spellings.insert(value)
        }
        addNumber(value)
        for word in words { addNumber(word) }
    }

    /// Adds the words of a text and returns them folded.
    @discardableResult
    private mutating func addWords(
        _ text: String,
        isPerson: Bool = false,
        keepingVocabulary: Bool = false
    ) -> [String] {
        var folded: [String] = []
        for word in text.split(whereSeparator: { !($0.isLetter || $0.isNumber) }) {
            spellings.insert(String(word))
            let plain = TextFolding.fold(String(word))
            folded.append(plain)
            if keepingVocabulary, Vocabulary.isDescriptive(plain[...]) { continue }
            for form in [plain] + TextFolding.transliterations(String(word)) {
                addForm(form, isPerson: isPerson)
            }
        }
        return folded
    }

    private mutating func addForm(_ form: String, isPerson: Bool) {
        guard form.count >= 2, isPerson || !Self.harmless.contains(form) else { return }
        forbidden.insert(form)
        if form.count >= 3 {
            forbidden.insert(String(form.reversed()))
            // Words of a hospital and of vendors stand in the names of scanners and kernels.
            if isPerson || !Vocabulary.isProduct(form[...]) && !Vocabulary.isKernel(form[...]) {
                forbiddenNames.insert(form)
            }
        }
    }

    /// Adds the initials that are no word: a patient named C and T has a `CT HEAD` too.
    private mutating func addInitials(_ words: [String]) {
        let initials = words.prefix(4).compactMap { word -> String? in
            guard let first = word.first, first.isLetter else { return nil }
            return String(first)
        }
        guard initials.count >= 2 else { return }
        let forms = [
            initials.joined(), initials.reversed().joined(), initials[0] + initials[1],
            initials[1] + initials[0],
        ]
        forbidden.formUnion(forms.filter { !Vocabulary.isDescriptive($0[...]) })
    }

    private mutating func addJoined(_ words: [String]) {
        guard words.count >= 2 else { return }
        forbidden.insert(words.joined())
        forbidden.insert(words.reversed().joined())
    }

    private mutating func addNumber(_ text: String) {
        let digits = text.filter { $0.isASCII && $0.isNumber }.drop { $0 == "0" }
        if digits.count >= 4 { forbiddenNumbers.insert(String(digits)) }
    }

    /// Adds the pieces between separators of names and lists, as bytes.
    private mutating func addStoredForms(_ bytes: [UInt8]) {
        guard bytes.contains(where: { $0 >= 0x80 || $0 == 0x1B }) else { return }
        for piece in bytes.split(whereSeparator: { [0x5C, 0x5E, 0x3D, 0x20, 0x00].contains($0) })
        where piece.count >= 4 {
            storedForms.insert(Array(piece))
        }
    }
}

extension String {
    /// The text without spaces at its ends.
    func trimmingSpaces() -> String {
        var view = self[...]
        while view.first == " " { view.removeFirst() }
        while view.last == " " { view.removeLast() }
        return String(view)
    }
}
