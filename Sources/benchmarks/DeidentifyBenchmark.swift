import DICOM
import Deidentification
import Foundation

/// Times de-identification of files, from reading to the verified output on disk, one thread.
///
/// Once with the header rebuilt and the pixels only copied, as other tools do, and once with the
/// training profile. Drawn slices show the upper part of a head, without a face: give a real scan
/// to measure the cut as well.
struct DeidentifyBenchmark {
    /// The figures of one profile.
    struct Row: Encodable {
        /// Files a second, and megabytes (10^6) of input a second.
        let filesPerSecond: Double
        let megabytesPerSecond: Double
        /// The greatest resident memory while this profile ran.
        let peakMiB: Double
        /// Median seconds of a pass.
        let medianSeconds: Double
        /// Median seconds of the processor, user and system, and files in one such second: what a
        /// core does when others do not take it away.
        let processorSeconds: Double
        let filesPerProcessorSecond: Double
        /// Files that were released, and those held back by reason.
        let released: Int
        let quarantined: [String: Int]

        private enum CodingKeys: String, CodingKey {
            case released, quarantined
            case filesPerSecond = "files_per_s"
            case megabytesPerSecond = "mb_per_s"
            case peakMiB = "peak_mib"
            case medianSeconds = "median_s"
            case processorSeconds = "cpu_s"
            case filesPerProcessorSecond = "files_per_cpu_s"
        }
    }

    /// What was measured.
    struct Result: Encodable {
        let files: Int
        let megabytes: Double
        /// Header rebuild and verification, pixels copied with the bits above the stored ones
        /// cleared.
        let header: Row
        /// The training profile, series by series: text searched for, faces removed.
        let training: Row?
        /// What that did to the pixels, series by series.
        let pixels: [SeriesReport]?

        private enum CodingKeys: String, CodingKey {
            case files, header, training, pixels
            case megabytes = "mb"
        }
    }

    /// Where to look for files; nil draws `count` slices.
    var input: URL?

    /// Slices that are drawn.
    var count = 300

    /// Passes that are timed, after one that is not.
    var repetitions = 3

    /// Whether the training profile is left out.
    var isHeaderOnly = false

    private static let root = FileManager.default.temporaryDirectory
        .appending(path: "deidentify-benchmark-\(ProcessInfo.processInfo.processIdentifier)")

    /// Runs the passes; what they write is deleted at the end.
    func run() throws -> Result {
        let output = Self.root.appending(path: "output")
        try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: Self.root) }
        let urls =
            try input.map(BenchmarkFiles.all)
            ?? Self.draw(count, into: Self.root.appending(path: "input"))
        let bytes = try urls.reduce(0) { sum, url in
            try sum + (url.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0)
        }
        let training = DeidentificationProfile.training
        let plain = try DeidentificationProfile(
            name: "header",
            options: training.options.subtracting([
                .cleanPixelData, .cleanRecognizableVisualFeatures,
            ])
        )
        let deidentifier = Deidentifier(profile: plain, key: try Self.key, toolVersion: "benchmark")
        let header = try measure(urls, bytes, output) { deliver in
            for url in urls { deliver(Self.take(url, deidentifier)) }
        }
        guard !isHeaderOnly else {
            return Result(
                files: urls.count,
                megabytes: Double(bytes) / 1e6,
                header: header,
                training: nil,
                pixels: nil
            )
        }
        let whole = SeriesDeidentifier(
            profile: training,
            key: try Self.key,
            toolVersion: "benchmark"
        )
        var reports: [SeriesReport] = []
        let row = try measure(urls, bytes, output) { deliver in
            reports = BenchmarkFiles.series(urls).map { files in
                whole.deidentify(files) { _, outcome in deliver(outcome) }
            }
        }
        return Result(
            files: urls.count,
            megabytes: Double(bytes) / 1e6,
            header: header,
            training: row,
            pixels: reports
        )
    }

    private static var key: DeidentificationKey {
        get throws { try DeidentificationKey(bytes: [UInt8](repeating: 7, count: 32)) }
    }

    /// Draws slices into a folder.
    static func draw(_ count: Int, into folder: URL) throws -> [URL] {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return try (0..<count).map { number in
            let url = folder.appending(path: "IM\(number).dcm")
            try Data(BenchmarkSlice.nativeFile(number)).write(to: url)
            return url
        }
    }

    private func measure(
        _ urls: [URL],
        _ bytes: Int,
        _ output: URL,
        work: ((Outcome) -> Void) -> Void
    ) throws -> Row {
        var durations: [Double] = []
        var processorTimes: [Double] = []
        var released = 0
        var quarantined: [String: Int] = [:]
        BenchmarkMemory.resetPeak()
        for pass in 0...repetitions {
            released = 0
            quarantined = [:]
            try FileManager.default.removeItem(at: output)
            try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
            let processor = BenchmarkMemory.processorSeconds()
            let duration = ContinuousClock().measure {
                work { outcome in
                    switch outcome {
                    case .success(let instance):
                        released += 1
                        try? BenchmarkFiles.write(
                            instance.dicomBytes,
                            to: output.appending(path: instance.fileName)
                        )
                    case .failure(let reason):
                        quarantined[reason.code.rawValue, default: 0] += 1
                    }
                }
            }
            guard pass > 0 else { continue }
            durations.append(duration / .seconds(1))
            processorTimes.append(BenchmarkMemory.processorSeconds() - processor)
        }
        let seconds = durations.sorted()[durations.count / 2]
        let processorSeconds = processorTimes.sorted()[processorTimes.count / 2]
        return Row(
            filesPerSecond: Double(urls.count) / seconds,
            megabytesPerSecond: Double(bytes) / 1e6 / seconds,
            peakMiB: try BenchmarkMemory.peakMiB(),
            medianSeconds: seconds,
            processorSeconds: processorSeconds,
            filesPerProcessorSecond: Double(urls.count) / processorSeconds,
            released: released,
            quarantined: quarantined
        )
    }

    private typealias Outcome = Swift.Result<DeidentifiedInstance, QuarantineReason>

    private static func take(_ url: URL, _ deidentifier: Deidentifier) -> Outcome {
        do throws(QuarantineReason) {
            let bytes = try BenchmarkFiles.input(url)
            let file: DICOMFile
            do throws(DICOMError) { file = try DICOMFile(reading: bytes) } catch {
                throw QuarantineReason(error)
            }
            return .success(try deidentifier.deidentify(file))
        } catch {
            return .failure(error)
        }
    }
}
