/// A second reader of text in pictures, such as an OCR program in a child process.
///
/// Runs outside this module; it gets a picture of one slice and answers where it reads words.
package protocol TextReader: Sendable {
    /// The program and its version, for reports.
    var name: String { get }

    /// The places of words in a picture, in its own pixels.
    ///
    /// - Throws: If it could not look; the slice is then held back.
    func words(in picture: GreyPicture) throws -> [PixelRegion]
}

/// The table that Tesseract writes with its configuration "tsv".
package enum TesseractTable {
    /// The least confidence in percent of a word that counts.
    private static let leastConfidence = 60.0

    /// The places of words of at least three letters or digits.
    ///
    /// The columns are level, page, block, paragraph, line, word, left, top, width, height,
    /// confidence and text, separated by tabs; `scale` is by how much the picture was enlarged.
    package static func words(in text: String, scale: Int = 1) -> [PixelRegion] {
        precondition(scale > 0, "a scale is positive")
        return text.split(whereSeparator: \.isNewline).compactMap { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count >= 12, let confidence = Double(fields[10]),
                confidence >= leastConfidence,
                fields[11].count(where: { $0.isLetter || $0.isNumber }) >= 3
            else { return nil }
            let box = fields[6..<10].compactMap { Int($0) }
            guard box.count == 4 else { return nil }
            return PixelRegion(
                column: box[0] / scale,
                row: box[1] / scale,
                width: (box[2] + scale - 1) / scale,
                height: (box[3] + scale - 1) / scale
            )
        }
    }
}
