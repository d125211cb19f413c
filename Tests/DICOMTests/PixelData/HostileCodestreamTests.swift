import DICOM
import Foundation
import TestSupport
import Testing

/// Damaged streams give an image or a ``DICOMError``; a crash would end the test run.
@Suite struct HostileCodestreamTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        let name: String
        let syntax: TransferSyntax
        let image: PixelImage
        let stream: @Sendable () throws -> [UInt8]
        var testDescription: String { name }
    }

    private static let signed = PixelImage(bitsStored: 13, isSigned: true)
    private static let colour = PixelImage(samplesPerPixel: 3, bitsAllocated: 8, bitsStored: 8)

    private static func lossless(_ edit: (inout JPEGLosslessEncoder) -> Void) -> [UInt8] {
        var noise = TestNoise(seed: 21)
        var encoder = JPEGLosslessEncoder(rows: 32, columns: 40, precision: 13)
        edit(&encoder)
        return encoder.encode(
            noise.image(count: 32 * 40 * encoder.components, bits: encoder.precision)
        )
    }

    static let samples = [
        Sample(name: "rle", syntax: .rleLossless, image: signed) {
            RLEEncoder.encode(CodestreamVectors.ramp, samplesPerPixel: 1, bytesPerSample: 2)
        },
        Sample(name: "jpeg lossless", syntax: .jpegLossless, image: signed) {
            lossless { $0.predictor = 7 }
        },
        Sample(name: "jpeg lossless, restarts", syntax: .jpegLossless, image: signed) {
            lossless { $0.rowsPerRestart = 2 }
        },
        Sample(name: "jpeg lossless, colour", syntax: .jpegLossless, image: colour) {
            lossless {
                $0.components = 3
                $0.precision = 8
                $0.separateScans = true
            }
        },
        Sample(name: "jpeg-ls", syntax: .jpegLSLossless, image: signed) {
            try CodestreamVectors.bytes(CodestreamVectors.jpegLS12Bit)
        },
        Sample(name: "jpeg-ls, colour", syntax: .jpegLSLossless, image: colour) {
            try CodestreamVectors.bytes(CodestreamVectors.jpegLSColourPlanes)
        },
        Sample(name: "jpeg 2000", syntax: .jpeg2000Lossless, image: signed) {
            try CodestreamVectors.bytes(CodestreamVectors.jpeg2000Signed13Bit)
        },
        Sample(name: "jpeg 2000, colour", syntax: .jpeg2000Lossless, image: colour) {
            try CodestreamVectors.bytes(CodestreamVectors.jpeg2000Colour)
        },
        Sample(name: "jp2", syntax: .jpeg2000Lossless, image: signed) {
            try CodestreamVectors.bytes(CodestreamVectors.jp2FileSigned13Bit)
        },
    ]

    private func expectImageOrError(
        _ stream: [UInt8],
        _ sample: Sample,
        sourceLocation: SourceLocation = #_sourceLocation
    ) -> Bool {
        let count =
            CodestreamVectors.rows * CodestreamVectors.columns * sample.image.samplesPerPixel
        do {
            let values = try sample.image.decode(stream, sample.syntax)
            #expect(values.count == count, sourceLocation: sourceLocation)
            return true
        } catch {
            #expect(error is DICOMError, sourceLocation: sourceLocation)
            return false
        }
    }

    @Test(arguments: samples)
    func `a stream cut anywhere in its data is an error`(sample: Sample) throws {
        let stream = try sample.stream()
        #expect(expectImageOrError(stream, sample))
        for length in stride(from: 0, to: stream.count - 8, by: max(1, stream.count / 97)) {
            #expect(!expectImageOrError(Array(stream[..<length]), sample), "cut to \(length)")
        }
    }

    @Test(arguments: samples)
    func `random damage gives an image or an error`(sample: Sample) throws {
        let stream = try sample.stream()
        var noise = TestNoise(seed: 2026)
        var refused = 0
        for round in 0..<400 {
            var damaged = stream
            // Half of the rounds aim at the headers, where the dangerous numbers are.
            let range = round.isMultiple(of: 2) ? damaged.count : min(160, damaged.count)
            for _ in 0..<Int.random(in: 1...4, using: &noise) {
                let index = Int.random(in: 0..<range, using: &noise)
                damaged[index] = UInt8.random(in: 0...255, using: &noise)
            }
            if !expectImageOrError(damaged, sample) { refused += 1 }
        }
        #expect(refused > 20)
    }

    @Test(arguments: samples)
    func `bytes that are no codestream are an error`(sample: Sample) throws {
        var noise = TestNoise(seed: 5)
        for length in [0, 1, 2, 3, 63, 64, 65, 5000] {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &noise) }
            #expect(!expectImageOrError(bytes, sample))
        }
    }

    @Test(.enabled(if: SharedData.exists, "needs ../shared"))
    func `damaged real files give an image or an error`() throws {
        var noise = TestNoise(seed: 77)
        for name in ["rle", "jpeg-lossless-sv1", "jpegls-lossless", "j2k-lossless"] {
            let file = try SharedData.bytes("data/transfer-syntaxes-head/skullbase/\(name).dcm")
            for _ in 0..<15 {
                var damaged = file
                for _ in 0..<3 {
                    damaged[Int.random(in: 0..<file.count, using: &noise)] ^= 0x41
                }
                if Bool.random(using: &noise) {
                    damaged.removeLast(Int.random(in: 1..<file.count, using: &noise))
                }
                // Errors are typed: what is no image is a DICOMError, or this would not compile.
                do throws(DICOMError) {
                    let frame = try PixelDecoder.decode(DICOMFile(reading: damaged))
                    #expect(!frame.samples.isEmpty)
                } catch {
                    #expect(!error.description.isEmpty)
                }
            }
        }
    }
}
