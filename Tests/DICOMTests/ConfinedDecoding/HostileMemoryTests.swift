import Confinement
import DICOM
import Testing

/// Files made to exhaust memory, read by a process that has 256 MiB: a typed error, and no crash.
@Suite(.serialized) struct HostileMemoryTests {
    /// What a process says that reads the bytes; its ending if it says nothing.
    private static func outcome(_ bytes: [UInt8]) -> String {
        let program = ConfinedProgram(
            path: ConfinedDecodingTests.probe,
            arguments: ["read-file"],
            environment: ["SWIFT_BACKTRACE": "enable=no"],
            limits: ConfinementLimits(
                addressSpaceBytes: 4 << 30,
                cpuSeconds: 120,
                outputBytes: 1 << 10,
                duration: .seconds(120)
            ),
            readable: ["/"]
        )
        do throws(ConfinementError) {
            return String(decoding: try program.run(input: bytes), as: UTF8.self)
        } catch {
            return "\(error)"
        }
    }

    private static func explicit(_ body: [UInt8]) throws -> [UInt8] {
        try SmallFile.bytes(.explicitVRLittleEndian, body: body)
    }

    private static func repeated(_ bytes: [UInt8], _ count: Int) -> [UInt8] {
        var all: [UInt8] = []
        all.reserveCapacity(bytes.count * count)
        for _ in 0..<count { all += bytes }
        return all
    }

    private static let startOfSequence: [UInt8] = [
        0x08, 0x00, 0x15, 0x11, 0x53, 0x51, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF,
    ]
    private static let emptyItem: [UInt8] = [0xFE, 0xFF, 0x00, 0xE0, 0, 0, 0, 0]
    private static let endOfSequence: [UInt8] = [0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0]
    private static let endOfItem: [UInt8] = [0xFE, 0xFF, 0x0D, 0xE0, 0, 0, 0, 0]
    private static let openItem: [UInt8] = [0xFE, 0xFF, 0x00, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF]

    @Test func `a small file is read`() throws {
        #expect(Self.outcome(try DICOMFile.write(dataSet: try SmallFile.dataSet())) != "read")
        #expect(Self.outcome(try Self.explicit([])) == "read")
    }

    @Test(arguments: [60, 100])
    func `a deflate bomb`(mebibytes: Int) throws {
        var dataSet = try SmallFile.dataSet()
        dataSet.set(.pixelData, .ow, bytes: [UInt8](repeating: 0, count: mebibytes << 20))
        let bomb = try DICOMFile.write(
            dataSet: dataSet,
            transferSyntax: .deflatedExplicitVRLittleEndian
        )
        let expected = mebibytes < 64 ? "missing-attribute" : "inflated-size-limit"
        #expect(Self.outcome(bomb) == expected)
    }

    @Test func `a length of four gigabytes`() throws {
        for length in [[0xFE, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0x80], [0xFF, 0xFF, 0xFF, 0x3F]]
            as [[UInt8]]
        {
            let body: [UInt8] = [0x10, 0x00, 0x00, 0x40, 0x55, 0x54, 0, 0] + length
            #expect(
                ["truncated", "element-length-limit"].contains(
                    Self.outcome(try Self.explicit(body))
                )
            )
        }
    }

    @Test func `as many items as are read, and more`() throws {
        for (count, expected) in [(399_000, "read"), (1_500_000, "element-count-limit")] {
            let body =
                Self.startOfSequence + Self.repeated(Self.emptyItem, count) + Self.endOfSequence
            #expect(Self.outcome(try Self.explicit(body)) == expected)
        }
    }

    @Test func `as many sequences side by side as are read`() throws {
        let one = Self.openItem + Self.startOfSequence + Self.endOfSequence + Self.endOfItem
        let body = Self.startOfSequence + Self.repeated(one, 99_000) + Self.endOfSequence
        #expect(Self.outcome(try Self.explicit(body)) == "read")
    }

    @Test func `a hundred thousand sequences inside each other`() throws {
        let body = Self.repeated(Self.startOfSequence + Self.openItem, 100_000)
        #expect(Self.outcome(try Self.explicit(body)) == "depth-limit")
    }

    @Test func `as many fragments as are read, and more`() throws {
        let start: [UInt8] = [0xE0, 0x7F, 0x10, 0x00, 0x4F, 0x42, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]
        for (count, expected) in [
            (399_000, "missing-attribute"), (1_500_000, "element-count-limit"),
        ] {
            let body = start + Self.repeated(Self.emptyItem, count) + Self.endOfSequence
            #expect(Self.outcome(try Self.explicit(body)) == expected)
        }
    }

    @Test func `a value of sixty megabytes in text`() throws {
        let body: [UInt8] =
            [0x10, 0x00, 0x00, 0x40, 0x55, 0x54, 0, 0, 0, 0, 0x80, 0x03]
            + [UInt8](repeating: 0x5C, count: 0x380_0000)
        #expect(Self.outcome(try Self.explicit(body)) == "read")
    }

    @Test(arguments: [TransferSyntax.rleLossless, .jpegLosslessSV1, .jpegLSLossless, .jpeg2000])
    func `an image that claims the largest size`(syntax: TransferSyntax) throws {
        var dataSet = try SmallFile.dataSet()
        let image = PixelImage(rows: 8192, columns: 8192)
        for element in image.dataSet { dataSet.insert(element) }
        let streams: [TransferSyntax: [UInt8]] = [
            .jpegLSLossless: try CodestreamVectors.bytes(CodestreamVectors.jpegLS12Bit),
            .jpeg2000: try CodestreamVectors.bytes(CodestreamVectors.jpeg2000Signed13Bit),
        ]
        let stream = streams[syntax] ?? [UInt8](repeating: 0, count: 200)
        dataSet.insert(DataElement(tag: .pixelData, vr: .ob, value: .fragments([[], stream])))
        let file = try DICOMFile.write(dataSet: dataSet, transferSyntax: syntax)
        #expect(Self.outcome(file) == "invalid-pixel-data")
    }
}
