import DICOM
import Foundation

/// Searches the written bytes for what identified the input, with no use of the reader or the rules.
///
/// The header is searched for every identifier and every word of one, without regard to case, in
/// UTF-8, Latin-1, UTF-16 of both orders and the bytes of the input; the whole file, pixels
/// included, for those long enough not to occur there by chance. Fails closed.
struct OutputVerification {
    private let headerNeedles: NeedleSearch
    private let fileNeedles: NeedleSearch
    private let pixelNeedles: NeedleSearch
    private let numbers: NumberSearch

    /// Words of four letters and numbers of six digits are the shortest that are searched for.
    private static let minimumWordLength = 4
    private static let minimumNumberLength = 6
    /// Eight bytes occur by chance in 512 kB of pixels once in 10^13 files.
    private static let minimumFileNeedleLength = 8

    init(tokens: IdentityTokens, marking: Marking, output: DataSet) {
        let marks = Self.parts(of: marking.methods + marking.profile.options.map(\.codeMeaning))
        let texts = tokens.spellings.filter { Self.isTelling($0, marks: marks) }
            .union(tokens.uids).union(Self.birthDates(tokens, output))
        let digits = texts.filter { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        numbers = NumberSearch(digits, output: output)
        pixelNeedles = NeedleSearch(
            digits.map { Array($0.utf8) }.filter { $0.count >= Self.minimumFileNeedleLength }
        )
        let needles =
            texts.subtracting(digits).flatMap(Self.encodings)
            + digits.flatMap(Self.wideEncodings) + Array(tokens.storedForms)
        headerNeedles = NeedleSearch(needles.map { $0.map(Self.lowercased) })
        fileNeedles = NeedleSearch(needles.filter { $0.count >= Self.minimumFileNeedleLength })
    }

    /// Throws `verificationFailed` if a needle is found.
    func check(_ bytes: [UInt8], pixelByteCount: Int) throws(QuarantineReason) {
        let header = bytes.prefix(max(0, bytes.count - pixelByteCount))
        if headerNeedles.occurs(in: header.map(Self.lowercased)[...])
            || numbers.occurs(in: header)
        {
            throw QuarantineReason(
                .verificationFailed,
                "an identifier of the input is in the header of the output"
            )
        }
        if fileNeedles.occurs(in: bytes[...])
            || pixelNeedles.occurs(in: bytes[header.endIndex...])
        {
            throw QuarantineReason(
                .verificationFailed,
                "an identifier of the input is in the output"
            )
        }
    }

    /// Whether finding the text would tell anything: it is long enough, and no word that this
    /// program writes of itself or lets through as a defined term.
    private static func isTelling(_ text: String, marks: Set<String>) -> Bool {
        let folded = TextFolding.fold(text)
        if folded.allSatisfy({ !$0.isLetter }) {
            return folded.count { $0.isNumber } >= minimumNumberLength
        }
        guard text.utf8.count >= minimumWordLength else { return false }
        return !TextFolding.words(folded).allSatisfy { word in
            word.count < minimumWordLength || constantParts.contains(String(word))
                || marks.contains(String(word))
        }
    }

    /// Every part of four letters and more of the words that this program may let through: `prof`
    /// in `profile` is no title that leaked.
    private static let constantParts = parts(of: [
        DefinedTerms.source, Vocabulary.source, SafePrivateTable.rows,
        Implementation.current.versionName, "MONOCHROME2 ISO_IR YES MODIFIED REMOVED",
    ])

    private static func parts(of texts: [String]) -> Set<String> {
        var parts: Set<String> = []
        for text in texts {
            for word in TextFolding.words(TextFolding.fold(text)) {
                for start in word.indices {
                    var part = word[start...]
                    while part.count >= minimumWordLength {
                        parts.insert(String(part))
                        part.removeLast()
                    }
                }
            }
        }
        return parts
    }

    /// The dates of birth that no shifted date of the output happens to equal.
    private static func birthDates(_ tokens: IdentityTokens, _ output: DataSet) -> Set<String> {
        let shifted = Set(
            output.filter { $0.vr == .da }.compactMap { output.string($0.tag) }
        )
        return tokens.birthDates.filter { $0.count == 8 && !shifted.contains($0) }
    }

    private static func encodings(_ text: String) -> [[UInt8]] {
        let units = Array(text.utf16)
        var forms = [Array(text.utf8)] + wideEncodings(text)
        if units.allSatisfy({ $0 < 0x100 }) { forms.append(units.map { UInt8($0) }) }
        return forms
    }

    /// UTF-16 of both byte orders.
    private static func wideEncodings(_ text: String) -> [[UInt8]] {
        let units = Array(text.utf16)
        return [
            units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] },
            units.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] },
        ]
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte + 0x20 : byte
    }
}
