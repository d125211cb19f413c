import ConfinedDecoding
import DICOM
import Foundation

/// Times the reading and decoding of drawn slices, or of every DICOM file below a folder, one thread,
/// by transfer syntax.
///
/// The files are in memory before the clock starts: what is measured is the parser and the codecs,
/// not the disk.
struct DecodeBenchmark {
    /// The figures of one transfer syntax.
    struct Row: Encodable {
        let transferSyntax: String
        let files: Int
        /// Frames decoded in one pass, all of each file's.
        let frames: Int
        /// Megabytes (10^6) of files, and of native pixels at the bits allocated.
        let fileMegabytes: Double
        let decodedMegabytes: Double
        /// Median seconds of a pass: parsing with decoding, and decoding alone.
        let medianSeconds: Double
        let decodeMedianSeconds: Double
        /// Median seconds of decoding in a confined process; nil for native pixels, which are not.
        let confinedMedianSeconds: Double?

        /// Files a second, parsing included.
        var filesPerSecond: Double { Double(files) / medianSeconds }
        /// Decoded megabytes a second, parsing included.
        var megabytesPerSecond: Double { decodedMegabytes / medianSeconds }
        /// Decoded megabytes a second of the codec alone.
        var codecMegabytesPerSecond: Double { decodedMegabytes / decodeMedianSeconds }

        /// Decoded megabytes a second through a confined process.
        var confinedMegabytesPerSecond: Double? {
            confinedMedianSeconds.map { decodedMegabytes / $0 }
        }
        /// The throughput of the confined codec over that of the codec in this process.
        var confinedRatio: Double? { confinedMedianSeconds.map { decodeMedianSeconds / $0 } }

        private enum CodingKeys: String, CodingKey {
            case files, frames
            case transferSyntax = "transfer_syntax"
            case fileMegabytes = "file_mb"
            case decodedMegabytes = "decoded_mb"
            case filesPerSecond = "files_per_s"
            case megabytesPerSecond = "mb_per_s"
            case codecMegabytesPerSecond = "codec_mb_per_s"
            case confinedMegabytesPerSecond = "confined_mb_per_s"
            case confinedRatio = "confined_ratio"
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(transferSyntax, forKey: .transferSyntax)
            try container.encode(files, forKey: .files)
            try container.encode(frames, forKey: .frames)
            try container.encode(fileMegabytes, forKey: .fileMegabytes)
            try container.encode(decodedMegabytes, forKey: .decodedMegabytes)
            try container.encode(filesPerSecond, forKey: .filesPerSecond)
            try container.encode(megabytesPerSecond, forKey: .megabytesPerSecond)
            try container.encode(codecMegabytesPerSecond, forKey: .codecMegabytesPerSecond)
            try container.encodeIfPresent(
                confinedMegabytesPerSecond,
                forKey: .confinedMegabytesPerSecond
            )
            try container.encodeIfPresent(confinedRatio, forKey: .confinedRatio)
        }
    }

    /// What was measured.
    struct Result: Encodable {
        /// Ascending by transfer syntax.
        let syntaxes: [Row]
        /// Files that are no DICOM objects with decodable pixels, by reason.
        let skipped: [String: Int]
    }

    /// Where to look for files, at any depth; nil draws `count` slices in each syntax.
    var folder: URL?

    /// Slices that are drawn in each syntax.
    var count = 20

    /// Passes over each syntax that are timed, after one that is not.
    var repetitions = 5

    /// Reads the folder and runs the passes.
    func run() throws -> Result {
        var groups: [String: [[UInt8]]] = [:]
        var skipped: [String: Int] = [:]
        for bytes in try files() {
            do throws(DICOMError) {
                let file = try DICOMFile(reading: bytes)
                _ = try PixelDecoder.decode(file)
                groups[file.transferSyntax.uid, default: []].append(bytes)
            } catch {
                skipped[error.code.rawValue, default: 0] += 1
            }
        }
        let rows = try groups.keys.sorted().map { uid in
            try measure(uid, files: groups[uid, default: []])
        }
        return Result(syntaxes: rows, skipped: skipped)
    }

    private func files() throws -> [[UInt8]] {
        if let folder { return try BenchmarkFiles.all(below: folder).map(BenchmarkFiles.bytes) }
        return try BenchmarkEncoding.syntaxes.flatMap { syntax in
            try (0..<count).map { try BenchmarkEncoding.file($0, syntax) }
        }
    }

    private func measure(_ uid: String, files: [[UInt8]]) throws -> Row {
        let confined =
            TransferSyntax(uid: uid)?.isEncapsulated == true ? try ConfinedFrameDecoder() : nil
        var totals: [Duration] = []
        var decodings: [Duration] = []
        var confinedDecodings: [Duration] = []
        var pass = Pass()
        for number in 0...repetitions {
            pass = try Pass(files, DirectFrameDecoder())
            let other = try confined.map { try Pass(files, $0) }
            guard number > 0 else { continue }
            totals.append(pass.total)
            decodings.append(pass.decoding)
            if let other { confinedDecodings.append(other.decoding) }
        }
        return Row(
            transferSyntax: uid,
            files: files.count,
            frames: pass.frames,
            fileMegabytes: Double(files.reduce(0) { $0 + $1.count }) / 1e6,
            decodedMegabytes: Double(pass.decodedBytes) / 1e6,
            medianSeconds: Self.median(totals),
            decodeMedianSeconds: Self.median(decodings),
            confinedMedianSeconds: confined.map { _ in Self.median(confinedDecodings) }
        )
    }

    /// One pass over the files.
    private struct Pass {
        var frames = 0
        var decodedBytes = 0
        var total = Duration.zero
        var decoding = Duration.zero

        init() {}

        init(_ files: [[UInt8]], _ decoder: some FrameDecoding) throws {
            let clock = ContinuousClock()
            for bytes in files {
                let start = clock.now
                let file = try DICOMFile(reading: bytes)
                let description = try PixelDataDescription(file.dataSet)
                let parsed = clock.now
                for frame in 0..<description.numberOfFrames {
                    let image = try decoder.decode(file, frame: frame)
                    decodedBytes += image.samples.count * description.bitsAllocated / 8
                }
                frames += description.numberOfFrames
                decoding += clock.now - parsed
                total += clock.now - start
            }
        }
    }

    private static func median(_ durations: [Duration]) -> Double {
        let seconds = durations.map { $0 / .seconds(1) }.sorted()
        let middle = seconds.count / 2
        return seconds.count.isMultiple(of: 2)
            ? (seconds[middle - 1] + seconds[middle]) / 2 : seconds[middle]
    }
}
