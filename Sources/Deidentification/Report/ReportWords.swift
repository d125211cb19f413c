import DICOM

/// Words of a report that stand in the page and in the text alike.
enum ReportWords {
    /// What an action does, as a heading.
    static func title(_ action: ActionCount.Action) -> String {
        switch action {
        case .kept: "Kept after a check"
        case .cleaned: "Cleaned word by word, or capped"
        case .shifted: "Dates moved"
        case .replaced: "Replaced by a keyed pseudonym"
        case .emptied: "Emptied"
        case .removed: "Removed"
        case .added: "Written anew"
        }
    }

    /// What was done to a field of a header; a field that was empty is not kept, it is empty.
    static func action(of change: HeaderChange) -> String {
        change.action == .kept && change.before.isEmpty && change.after.isEmpty
            ? "was empty" : change.action.rawValue
    }

    /// What an action means for a person.
    static func meaning(_ action: ActionCount.Action) -> String {
        switch action {
        case .kept:
            "Technical values that training needs, each checked against the form it must have."
        case .cleaned: "Only words of a fixed list of radiology terms stay; ages above 89 are one."
        case .shifted: "By a secret number of days, the same for all dates of a patient."
        case .replaced:
            "Names and numbers of patients, examinations and images; only the site's secret key"
                + " leads back."
        case .emptied: "The field must exist in a valid image; its value is gone."
        case .removed: "The field and its value are gone."
        case .added: "Statements of this program, such as that the image was de-identified."
        }
    }

    /// An attribute by its name in the standard, such as `Patient's Name`; else what kind it is.
    static func name(ofTag text: String) -> String {
        let digits = text.filter(\.isHexDigit)
        guard digits.count == 8, let number = UInt32(digits, radix: 16) else { return text }
        let tag = Tag(number: number)
        if tag.isPrivate { return "a field of the scanner's maker" }
        return DataDictionary.entry(for: tag)?.name ?? "a field outside the standard"
    }

    /// A keyword in words: `PatientBirthDate` is `Patient Birth Date`.
    static func spaced(_ keyword: String) -> String {
        let letters = Array(keyword)
        return letters.indices.reduce(into: "") { words, index in
            let letter = letters[index]
            let before = index > 0 ? letters[index - 1] : " "
            let after = index + 1 < letters.count ? letters[index + 1] : " "
            let startsWord = before.isLowercase || before.isNumber || after.isLowercase
            if index > 0, letter.isUppercase, startsWord { words.append(" ") }
            words.append(letter)
        }
    }

    /// Lowest, median and highest of ascending numbers, such as `12 to 31, median 19`.
    static func range(_ ascending: [Double], unit: String) -> String {
        guard let low = ascending.first, let high = ascending.last else { return "none" }
        let middle = ascending[ascending.count / 2]
        let numbers = [low, middle, high].map { "\(Int($0.rounded()))" }
        return ascending.count == 1
            ? "\(numbers[0]) \(unit)"
            : "\(numbers[0]) to \(numbers[2]) \(unit), median \(numbers[1]) \(unit)"
    }

    /// What the report does not show.
    static let limits = [
        "Pseudonyms, moved dates and technical numbers lead back to the patient for whoever has the"
            + " site's secret key. The data are pseudonymous, not anonymous.",
        "A rare disease, an unusual injury or an implant can itself single a person out; no program"
            + " removes that.",
        "Writing inside a picture that neither of the text readers sees would stay. Pictures in"
            + " which writing touches the head are held back, not painted over.",
        "The report says what the program did. Whether that suffices for a given use is for people"
            + " to decide.",
    ]
}
