import ArgumentParser
import CanonicalJSON
import Foundation

/// `benchmarks deidentify`.
struct DeidentifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deidentify",
        abstract: "Files and megabytes a second from file to verified file, on one core."
    )

    @Option(help: "A folder of DICOM files; slices are drawn without one.", completion: .directory)
    var input: String?
    @Option(help: "Slices that are drawn.") var count = 300
    @Option(help: "Timed passes.") var repetitions = 3
    @Flag(help: "Leave the training profile out.") var headerOnly = false
    @Flag(help: "Write one JSON object.") var json = false
    @Option(
        help: "Draw the slices into this folder and time nothing, for other programs.",
        completion: .directory
    )
    var draw: String?

    func run() throws {
        if let draw {
            let urls = try DeidentifyBenchmark.draw(max(1, count), into: URL(filePath: draw))
            print("\(urls.count) slices in \(draw)")
            return
        }
        let result = try DeidentifyBenchmark(
            input: input.map { URL(filePath: $0) },
            count: max(1, count),
            repetitions: max(1, repetitions),
            isHeaderOnly: headerOnly
        ).run()
        if json {
            print(String(decoding: try CanonicalEncoder().encode(result), as: UTF8.self))
            return
        }
        for (name, row) in [("header", result.header), ("training", result.training)] {
            guard let row else { continue }
            print(
                "\(name): \(Int(row.filesPerSecond)) files/s, \(Int(row.megabytesPerSecond)) MB/s,"
                    + " \(Int(row.filesPerProcessorSecond)) files a processor second,"
                    + " peak \(Int(row.peakMiB)) MiB; \(row.released) of \(result.files) released"
            )
        }
    }
}
