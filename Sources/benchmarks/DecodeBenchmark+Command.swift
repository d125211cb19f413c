import ArgumentParser
import CanonicalJSON
import Foundation

/// `benchmarks decode`.
struct DecodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode",
        abstract: "Megabytes a second that are read and decoded, by transfer syntax."
    )

    @Option(help: "A folder of DICOM files; slices are drawn without one.", completion: .directory)
    var input: String?
    @Option(help: "Timed passes.") var repetitions = 5
    @Flag(help: "Write one JSON object.") var json = false

    func run() throws {
        let result = try DecodeBenchmark(
            folder: input.map { URL(filePath: $0) },
            repetitions: max(1, repetitions)
        ).run()
        if json {
            print(String(decoding: try CanonicalEncoder().encode(result), as: UTF8.self))
            return
        }
        for row in result.syntaxes {
            let confined = row.confinedRatio.map { ratio in
                ", confined \(Int(row.confinedMegabytesPerSecond ?? 0)) MB/s (ratio "
                    + ratio.formatted(.number.precision(.fractionLength(2))) + ")"
            }
            print(
                "\(row.transferSyntax): \(row.frames) frames, codec "
                    + "\(Int(row.codecMegabytesPerSecond)) MB/s, with parsing "
                    + "\(Int(row.megabytesPerSecond)) MB/s, \(Int(row.filesPerSecond)) files/s"
                    + (confined ?? "")
            )
        }
        for (reason, count) in result.skipped.sorted(by: { $0.key < $1.key }) {
            print("skipped \(count): \(reason)")
        }
    }
}
