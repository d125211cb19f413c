import Confinement
package import Deidentification
import Foundation

/// Tesseract as the second reader of text, one confined child process a slice.
package struct TesseractReader: TextReader {
    /// The program.
    package let name = "tesseract"
    private let program: ConfinedProgram

    /// By how much pictures are enlarged: small letters are read better.
    private static let scale = 2

    private static let limits = ConfinementLimits(
        addressSpaceBytes: 1 << 30,
        cpuSeconds: 20,
        outputBytes: 1 << 20,
        duration: .seconds(20)
    )

    /// Finds Tesseract; nil where it is not installed.
    ///
    /// - Parameter path: The folders in which programs are looked for, as in `PATH`; those of `PATH`
    ///   if nil.
    package init?(path: String? = nil) {
        let places = path ?? ProcessInfo.processInfo.environment["PATH"] ?? ""
        let found = places.split(separator: ":").map { "\($0)/tesseract" }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
        guard let found else { return nil }
        program = ConfinedProgram(
            path: found,
            arguments: ["stdin", "stdout", "--psm", "11", "tsv"],
            environment: ["OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"],
            limits: Self.limits
        )
    }

    /// The places of words that Tesseract is sure of; blocks for up to 20 s.
    ///
    /// - Throws: `ConfinementError` if the child could not look.
    package func words(in picture: GreyPicture) throws -> [PixelRegion] {
        let table = try program.run(input: [UInt8](picture.enlarged(by: Self.scale).png))
        return TesseractTable.words(in: String(decoding: table, as: UTF8.self), scale: Self.scale)
    }
}
