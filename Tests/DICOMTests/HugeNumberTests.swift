import DICOM
import TestSupport
import Testing

/// The largest numbers in every place of a file, and files cut at every byte of their headers.
@Suite struct HugeNumberTests {
    private static let numbers: [[UInt8]] = [
        [0xFF, 0xFF, 0xFF, 0xFF], [0xFE, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0x7F],
        [0x00, 0x00, 0x00, 0x80], [0x00, 0x00, 0x00, 0x00],
    ]

    @Test(arguments: RoundTripTests.cases)
    func `no number anywhere in a file does harm`(
        syntax: TransferSyntax,
        lengths: SequenceLengths
    ) throws {
        let file = try DICOMFile.write(
            dataSet: try SmallFile.dataSet(),
            transferSyntax: syntax,
            sequenceLengths: lengths
        )
        var refused = 0
        for place in 132..<file.count - 4 {
            for number in Self.numbers {
                for bytes in [number, number.reversed()] {
                    var damaged = file
                    damaged.replaceSubrange(place..<place + 4, with: bytes)
                    do throws(DICOMError) {
                        let read = try DICOMFile(reading: damaged)
                        _ = try PixelDecoder.decode(read)
                    } catch { refused += 1 }
                }
            }
        }
        #expect(refused > 100)
    }

    @Test(arguments: HostileCodestreamTests.samples)
    func `no number in the head of a codestream does harm`(
        sample: HostileCodestreamTests.Sample
    ) throws {
        let stream = try sample.stream()
        var refused = 0
        for place in 0..<min(200, stream.count - 4) {
            for number in Self.numbers {
                for count in [2, 4] {
                    var damaged = stream
                    damaged.replaceSubrange(place..<place + count, with: number.prefix(count))
                    do { _ = try sample.image.decode(damaged, sample.syntax) } catch {
                        refused += 1
                    }
                }
            }
        }
        #expect(refused > 20)
    }

    @Test(arguments: [Int.max, Int.min, -1, 1 << 62, 8])
    func `an offset table of any numbers is passed over`(offset: Int) throws {
        let image = PixelImage(rows: 4, columns: 4, bitsStored: 12, frames: 2)
        let frame = RLEEncoder.encode(
            [Int32](repeating: 7, count: 16),
            samplesPerPixel: 1,
            bytesPerSample: 2
        )
        var dataSet = image.dataSet
        let table = [0, offset].flatMap { number in
            (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
        }
        dataSet.set(.extendedOffsetTable, .ov, bytes: table)
        let half = frame.count / 2
        let items: [[UInt8]] = [[], Array(frame[..<half]), Array(frame[half...]), frame]
        dataSet.insert(DataElement(tag: .pixelData, vr: .ob, value: .fragments(items)))
        #expect(
            code {
                try PixelDecoder.decode(dataSet, transferSyntax: .rleLossless, frame: 1)
            } == .invalidPixelData
        )
    }

    @Test(
        .enabled(if: SharedData.exists, "needs ../shared"),
        arguments: [
            "rle", "jpeg-lossless-sv1", "jpegls-lossless", "j2k-lossless", "implicit-le",
            "explicit-be", "deflated-explicit-le",
        ]
    )
    func `a real file cut at every byte of its header is refused or read in part`(
        name: String
    ) throws {
        let file = try SharedData.bytes("data/transfer-syntaxes-head/skullbase/\(name).dcm")
        for length in 0..<min(file.count, 6_000) {
            do throws(DICOMError) {
                let read = try DICOMFile(reading: Array(file[..<length]))
                #expect(read.dataSet.count < 200)
                _ = try PixelDecoder.decode(read)
                Issue.record("an image in \(length) bytes of \(file.count)")
            } catch { #expect(!error.code.rawValue.isEmpty) }
        }
    }
}
