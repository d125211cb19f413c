package import Deidentification
import Foundation

/// Tesseract as the second reader of text, one child process a slice.
package struct TesseractReader: TextReader {
    /// The program and its version.
    package let name: String
    private let executable: URL
    private let confinement: [String]
    private let limit: Int

    /// By how much pictures are enlarged: small letters are read better.
    private static let scale = 2

    /// Finds Tesseract; nil where it is not installed.
    ///
    /// - Parameters:
    ///   - path: The folders in which programs are looked for, as in `PATH`; those of `PATH` if nil.
    ///   - confinement: A program, with its arguments, that starts another one confined.
    ///   - limit: The seconds after which a child is ended.
    package init?(
        path: String? = nil,
        confinement: [String] = [],
        limit: Int = 20
    ) {
        let places = path ?? ProcessInfo.processInfo.environment["PATH"] ?? ""
        let found = places.split(separator: ":").map { URL(filePath: $0 + "/tesseract") }.first {
            FileManager.default.isExecutableFile(atPath: $0.path)
        }
        guard let found else { return nil }
        executable = found
        self.confinement = confinement
        self.limit = limit
        name = "tesseract"
    }

    package func words(in picture: GreyPicture) throws -> [PixelRegion] {
        let command = confinement + [executable.path, "stdin", "stdout", "--psm", "11", "tsv"]
        let table = try ChildProcess(command: command, limit: limit).output(
            of: picture.enlarged(by: Self.scale).png
        )
        return TesseractTable.words(in: String(decoding: table, as: UTF8.self), scale: Self.scale)
    }
}
