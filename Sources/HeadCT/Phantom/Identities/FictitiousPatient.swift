import Foundation
import Tensors

/// An invented person, marked as synthetic in every name.
struct FictitiousPatient: Sendable, Hashable {
    let familyName: String
    let givenName: String
    /// Ideographic and phonetic groups, where the style has them.
    let nameGroups: [String]
    let isMale: Bool
    let ageYears: Double
    let birthDay: CalendarDay
    let examDay: CalendarDay
    let patientID: String
    let otherPatientID: String
    let issuer: String
    let accessionNumber: String
    let admissionID: String
    let address: String
    let phone: String
    let motherBirthName: String
    let insurance: String

    /// The word that every name of a phantom begins with.
    static let mark = "SYNTHETIC"

    /// Patient's Name as DICOM writes it.
    var personName: String {
        ([Self.mark + "-" + familyName + "^" + givenName] + nameGroups).joined(separator: "=")
    }

    /// The name as people write it.
    var spokenName: String { givenName + " " + familyName }

    /// The name in capital ASCII letters with underscores, as paths and consoles write it.
    var plainName: String { Self.plain(Self.mark + "_" + familyName + "_" + givenName) }

    /// Patient's Age as DICOM writes it: days, weeks or months for the youngest.
    var dicomAge: String {
        let days = Int(ageYears * 365.25)
        if days < 28 { return Self.padded(days) + "D" }
        if ageYears < 2 { return Self.padded(Int(ageYears * 12)) + "M" }
        return Self.padded(Int(ageYears)) + "Y"
    }

    /// Draws the patient of an exam.
    init(exam: SimulatedExam, site: FictitiousSite, using generator: inout SeededGenerator) {
        let stock = site.stock
        isMale = exam.isMale
        ageYears = exam.ageYears
        familyName = stock.family(using: &generator)
        givenName = stock.given(isMale: exam.isMale, using: &generator)
        nameGroups = site.style == .japanese ? Self.japaneseGroups(using: &generator) : []
        examDay = CalendarDay(number: 16_800 + exam.index * 5 + generator.nextIndex(below: 5))
        birthDay = examDay.advanced(by: -Int(exam.ageYears * 365.25) - 1)
        patientID = site.prefix + generator.drawDigits(6) + "-" + String(exam.index % 10)
        otherPatientID = "NV" + generator.drawDigits(9)
        issuer = site.institution
        accessionNumber = "000" + generator.drawDigits(7)
        admissionID = "ADM" + generator.drawDigits(8)
        let house = String(1 + generator.nextIndex(below: 190))
        address = generator.pick(stock.streets) + " " + house + ", " + generator.pick(stock.towns)
        phone = "+999 555 " + generator.drawDigits(4) + " " + generator.drawDigits(2)
        motherBirthName = Self.mark + "-" + stock.family(using: &generator)
        insurance = "POL-" + generator.drawDigits(8)
    }

    private static func japaneseGroups(using generator: inout SeededGenerator) -> [String] {
        let families = [("嘘田", "うそだ"), ("夢野", "ゆめの"), ("架空", "かくう"), ("幻川", "まぼろしがわ")]
        let givens = [("夢実", "ゆめみ"), ("空一", "くういち"), ("霞恵", "かすみえ"), ("無限太", "むげんた")]
        let family = generator.pick(families)
        let given = generator.pick(givens)
        return [family.0 + "^" + given.0, family.1 + "^" + given.1]
    }

    /// Capital ASCII letters, digits and underscores of a text.
    static func plain(_ text: String) -> String {
        let folded = text.replacing("ß", with: "ss").replacing("ł", with: "l")
            .replacing("ø", with: "o").replacing("þ", with: "th").replacing("Þ", with: "Th")
            .replacing("Ł", with: "L").folding(options: .diacriticInsensitive, locale: nil)
        return String(
            folded.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        )
    }

    private static func padded(_ number: Int) -> String {
        String(repeating: "0", count: max(0, 3 - String(number).count)) + String(number)
    }
}
