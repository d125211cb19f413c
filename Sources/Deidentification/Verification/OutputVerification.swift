import DICOM
import Foundation

/// Searches the written bytes for what identified the input, with no use of the reader or the rules.
///
/// The header is searched for every identifier and every word of one, without regard to case, in
/// UTF-8, Latin-1, UTF-16 of both orders and the bytes of the input; the whole file, pixels
/// included, for those long enough not to occur there by chance. Fails closed.
struct OutputVerification: Sendable {
    private let birthDates: Set<String>
    private let digits: Set<String>
    private let headerNeedles: NeedleSearch
    private let fileNeedles: NeedleSearch
    private let pixelNeedles: NeedleSearch

    /// Words of four letters and numbers of six digits are the shortest that are searched for.
    private static let minimumWordLength = 4
    private static let minimumNumberLength = 6
    /// Eight bytes occur by chance in 512 kB of pixels once in 10^13 files.
    private static let minimumFileNeedleLength = 8

    /// Prepares for the names and numbers that files of one series share.
    init(tokens: IdentityTokens, marking: Marking) {
        birthDates = tokens.birthDates
        // As written, without accents, and spelled out: `Müller`, `muller`, `mueller`.
        let spellings = tokens.spellings.reduce(into: Set<String>()) { all, text in
            all.insert(text)
            guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return }
            all.insert(TextFolding.fold(text))
            all.formUnion(TextFolding.transliterations(text))
        }
        let texts = spellings.filter { Self.isTelling($0, marks: marking.parts) }
        digits = texts.filter { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        let needles =
            texts.subtracting(digits).flatMap(Self.encodings)
            + digits.flatMap(Self.wideEncodings)
            + tokens.storedForms.filter { Self.isTelling($0, marks: marking.parts) }
        headerNeedles = NeedleSearch(needles.map { $0.map(Self.lowercased) })
        fileNeedles = NeedleSearch(needles, minimumLength: Self.minimumFileNeedleLength)
        pixelNeedles = Self.pixelNeedles(digits)
    }

    /// Throws `verificationFailed` if a needle is found, or one of the file's own identifiers.
    func check(
        _ bytes: [UInt8],
        pixelByteCount: Int,
        uids: Set<String>,
        output: DataSet
    ) throws(QuarantineReason) {
        let header = bytes.prefix(max(0, bytes.count - pixelByteCount))
        let dates = telling(birthDates, output)
        let own =
            uids.flatMap(Self.encodings) + dates.flatMap(Self.wideEncodings)
            + birthDates.flatMap(Self.spellings(ofDay:)).flatMap(Self.encodings)
        let ownNeedles = NeedleSearch(own, minimumLength: Self.minimumFileNeedleLength)
        let numbers = NumberSearch(digits.union(dates), output: output)
        if headerNeedles.occurs(in: header.map(Self.lowercased)[...])
            || numbers.occurs(in: header)
        {
            throw QuarantineReason(
                .verificationFailed,
                "an identifier of the input is in the header of the output"
            )
        }
        if fileNeedles.occurs(in: bytes[...], or: ownNeedles)
            || pixelNeedles.occurs(in: bytes[header.endIndex...], or: Self.pixelNeedles(dates))
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
            // `000000` stands in every number with that many decimals.
            return folded.count { $0.isNumber } >= minimumNumberLength
                && !marks.contains(folded) && Set(folded.filter(\.isNumber)).count > 1
        }
        guard text.utf8.count >= minimumWordLength else { return false }
        return !TextFolding.words(folded).allSatisfy { word in
            word.count < minimumWordLength || constantParts.contains(String(word))
                || marks.contains(String(word))
        }
    }

    /// Whether finding bytes as stored would tell anything: they are no ASCII word that tells nothing.
    private static func isTelling(_ bytes: [UInt8], marks: Set<String>) -> Bool {
        bytes.contains { $0 >= 0x80 || $0 == 0x1B }
            || isTelling(String(decoding: bytes, as: UTF8.self), marks: marks)
    }

    /// Every part of four letters and more of the words that this program may let through: `prof`
    /// in `profile` is no title that leaked.
    private static let constantParts = parts(of: [
        DefinedTerms.source, Vocabulary.source, SafePrivateTable.rows,
        Implementation.current.versionName, "MONOCHROME2 ISO_IR YES MODIFIED REMOVED",
    ])

    static func parts(of texts: [String]) -> Set<String> {
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
    private func telling(_ birthDates: Set<String>, _ output: DataSet) -> Set<String> {
        let shifted = Set(
            output.filter { $0.vr == .da }.compactMap { output.string($0.tag) }
        )
        return birthDates.filter { $0.count == 8 && !shifted.contains($0) }
    }

    /// A day of eight digits as people write it.
    private static func spellings(ofDay date: String) -> [String] {
        guard date.utf8.count == 8, date.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return []
        }
        let year = String(date.prefix(4))
        let month = String(date.dropFirst(4).prefix(2))
        let day = String(date.suffix(2))
        return ["-", ".", "/"].flatMap { sign in
            [[year, month, day], [day, month, year], [month, day, year]].map {
                $0.joined(separator: sign)
            }
        }
    }

    private static func encodings(_ text: String) -> [[UInt8]] {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return [Array(text.utf8)] + wideEncodings(text) }
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

    private static func pixelNeedles(_ digits: Set<String>) -> NeedleSearch {
        NeedleSearch(digits.map { Array($0.utf8) }, minimumLength: minimumFileNeedleLength)
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte + 0x20 : byte
    }
}
