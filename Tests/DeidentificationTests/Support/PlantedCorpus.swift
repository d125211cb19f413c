import DICOM
import Deidentification

/// Tokens planted in every attribute of Table E.1-1, in the form of its value representation.
struct PlantedCorpus {
    /// What was planted: the text to look for.
    private(set) var tokens: [String] = []
    private var counter = 0

    /// The date planted in every date.
    static let date = "19870605"

    /// An element with a token of its own; nil where the representation holds no token.
    mutating func element(for tag: Tag, vr: VR) -> DataElement? {
        counter += 1
        let word = "ZQXJ" + Self.letters(counter) + "VKW"
        let number = String(7_100_000 + counter)
        switch vr {
        case .pn: return text(tag, vr, "\(word)^\(word)b", word)
        case .lo, .sh, .lt, .st, .ut, .uc: return text(tag, vr, word, word)
        case .ur: return text(tag, vr, "http://\(word).example", word)
        case .ae, .cs: return text(tag, vr, word, word)
        case .ui: return text(tag, vr, "1.2.826.0.1.\(number)", "1.2.826.0.1.\(number)")
        case .da: return text(tag, vr, Self.date, nil)
        case .dt: return text(tag, vr, Self.date + "101112.5+0100", nil)
        case .ds, .is: return text(tag, vr, number, number)
        case .as: return text(tag, vr, "097Y", "097Y")
        case .ob, .un, .ow: return text(tag, vr, word, word)
        case .sq:
            let name = text(Tag(0x0010, 0x0010), .pn, word, word)
            let comment = text(Tag(0x0010, 0x4000), .lt, word, word)
            return DataElement(tag: tag, vr: .sq, value: .items([DataSet([name, comment])]))
        default: return nil
        }
    }

    private mutating func text(_ tag: Tag, _ vr: VR, _ value: String, _ token: String?)
        -> DataElement
    {
        if let token { tokens.append(token) }
        var bytes = Array(value.utf8)
        if !bytes.count.isMultiple(of: 2) { bytes.append(vr == .ui ? 0 : 0x20) }
        return DataElement(tag: tag, vr: vr, value: .bytes(bytes))
    }

    /// One element for each attribute of the table that a CT image does not need as it is.
    mutating func elements() -> [DataElement] {
        ConfidentialityTable.entries.filter { $0.tag.group >= 0x0008 }.compactMap {
            element(for: $0.tag, vr: $0.vr)
        }
    }

    private static func letters(_ number: Int) -> String {
        String(
            String(number, radix: 26).map { character in
                Character(UnicodeScalar(UInt8(0x41 + (character.hexDigitValue ?? 0))))
            }
        ) + String(number, radix: 36).filter(\.isLetter).uppercased()
    }
}
