import ArgumentParser
import CanonicalJSON
import Foundation

/// `conformance vectors DIR`.
struct VectorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vectors",
        abstract: "Run every golden-vector file of a folder and its subfolders.",
        discussion: """
            Prints a line per file: pass, fail or unsupported, with the number of cases, the first \
            failing case, and the expected keys that this version does not compute. The last line \
            counts files: N passed, N failed, N skipped.
            """
    )

    @Argument(help: "A folder of vector files (.json), or one file.")
    var directory: String

    @Flag(help: "Print one JSON object instead of text.")
    var json = false

    func run() throws {
        let report: VectorReport
        do {
            report = try VectorRunner.run(at: URL(filePath: directory))
        } catch let problem as CaseProblem {
            FileHandle.standardError.write(Data("conformance: error: \(problem.message)\n".utf8))
            throw ExitCode(66)
        }
        let bytes =
            json
            ? try CanonicalEncoder().encode(report) + [UInt8(ascii: "\n")]
            : Array(report.text.utf8)
        FileHandle.standardOutput.write(Data(bytes))
        if report.failed > 0 { throw ExitCode(1) }
    }
}
