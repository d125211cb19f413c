import ConfinedDecoding
import Confinement
import DICOM
import Foundation
import Testing

/// Decoders in real processes, good ones and some that a hostile file has taken over.
@Suite(.serialized) struct ConfinedDecodingTests {
    static let probe = (Bundle.main.executableURL ?? URL(filePath: "/"))
        .resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "confinement-probe").path

    static let limits = ConfinementLimits(
        addressSpaceBytes: 256 << 20,
        cpuSeconds: 60,
        outputBytes: 1 << 24,
        duration: .seconds(10)
    )

    static func decoder(
        _ argument: String = FrameDecodingService.argument,
        duration: Duration = .seconds(10)
    ) throws -> ConfinedFrameDecoder {
        var limits = limits
        limits.duration = duration
        return try ConfinedFrameDecoder(
            program: DecoderProgram(path: probe, arguments: [argument]),
            limits: limits
        )
    }

    static func file(_ image: PixelImage, _ fragment: [UInt8], _ syntax: TransferSyntax)
        -> DICOMFile
    {
        var dataSet = image.dataSet
        dataSet.insert(DataElement(tag: .pixelData, vr: .ob, value: .fragments([[], fragment])))
        return DICOMFile(dataSet: dataSet, transferSyntax: syntax)
    }

    /// A slice of noise in RLE; one of 13 rows is what the probes misbehave at.
    static func noise(_ seed: UInt64, rows: Int = 24, columns: Int = 31) -> DICOMFile {
        var noise = TestNoise(seed: seed)
        let samples = (0..<rows * columns).map { _ in Int32.random(in: 0...4095, using: &noise) }
        let image = PixelImage(rows: rows, columns: columns, bitsStored: 12)
        return file(
            image,
            RLEEncoder.encode(samples, samplesPerPixel: 1, bytesPerSample: 2),
            .rleLossless
        )
    }

    static func failure(_ decoder: ConfinedFrameDecoder, _ file: DICOMFile) -> DICOMError? {
        do throws(DICOMError) {
            _ = try decoder.decode(file, frame: 0)
            return nil
        } catch { return error }
    }

    // MARK: Good decoders

    @Test func `the kernel of this machine applies every measure`() throws {
        let measures = try Self.decoder().measures
        #expect(measures == .all, "\(measures.missingSentences)")
    }

    @Test func `a thousand frames are what they are in this process, by one child`() throws {
        let decoder = try Self.decoder()
        let child = decoder.idleProcessIDs
        for seed in UInt64(0)..<1_000 {
            let file = Self.noise(seed, rows: 20 + Int(seed % 9))
            guard file.dataSet.int(.rows) != 13 else { continue }
            let expected = try PixelDecoder.decode(file)
            try #require(try decoder.decode(file, frame: 0) == expected, "seed \(seed)")
        }
        #expect(decoder.idleProcessIDs == child && child.count == 1)
    }

    @Test(arguments: [
        (CodestreamVectors.jpegLS12Bit, TransferSyntax.jpegLSLossless, 12, 1),
        (CodestreamVectors.jpegLSNear2, .jpegLSNearLossless, 12, 1),
        (CodestreamVectors.jpegLSColourLines, .jpegLSLossless, 8, 3),
        (CodestreamVectors.jpeg2000Signed13Bit, .jpeg2000Lossless, 13, 1),
        (CodestreamVectors.jp2FileSigned13Bit, .jpeg2000, 13, 1),
        (CodestreamVectors.jpeg2000Colour, .jpeg2000Lossless, 8, 3),
    ])
    func `every codec gives what it gives in this process`(
        vector: String,
        syntax: TransferSyntax,
        bits: Int,
        samples: Int
    ) throws {
        let decoder = try Self.decoder()
        for isSigned in [false, true] {
            let image = PixelImage(
                samplesPerPixel: samples,
                bitsAllocated: samples == 3 ? 8 : 16,
                bitsStored: bits,
                isSigned: isSigned
            )
            let file = Self.file(image, try CodestreamVectors.bytes(vector), syntax)
            #expect(try decoder.decode(file, frame: 0) == PixelDecoder.decode(file))
        }
    }

    @Test func `a frame of several is found`() throws {
        let one = Self.noise(1)
        let two = Self.noise(2)
        guard case .fragments(let first) = one.dataSet[.pixelData]?.value,
            case .fragments(let second) = two.dataSet[.pixelData]?.value
        else { return }
        var dataSet = one.dataSet
        try dataSet.set(.numberOfFrames, string: "2")
        let both = DataElement(
            tag: .pixelData,
            vr: .ob,
            value: .fragments([[], first[1], second[1]])
        )
        dataSet.insert(both)
        let file = DICOMFile(dataSet: dataSet, transferSyntax: .rleLossless)
        let decoder = try Self.decoder()
        #expect(try decoder.decode(file, frame: 1) == PixelDecoder.decode(two))
        #expect(Self.failure(decoder, Self.noise(1))?.code == nil)
        do throws(DICOMError) {
            _ = try decoder.decode(file, frame: 2)
            Issue.record("there is no frame 2")
        } catch { #expect(error.code == .frameOutOfRange) }
    }

    @Test func `an error of the codec arrives whole`() throws {
        let decoder = try Self.decoder()
        let image = PixelImage(rows: 8, columns: 8)
        for syntax in [TransferSyntax.rleLossless, .jpegLosslessSV1, .jpegLSLossless, .jpeg2000] {
            let file = Self.file(image, [1, 2, 3, 4, 5, 6], syntax)
            var expected: DICOMError?
            do throws(DICOMError) { _ = try PixelDecoder.decode(file) } catch { expected = error }
            #expect(Self.failure(decoder, file) == expected)
        }
        #expect(decoder.idleProcessIDs.count == 1)
    }

    @Test func `callers at the same time have a child each`() async throws {
        let decoder = try Self.decoder()
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for seed in UInt64(0)..<64 {
                group.addTask { @concurrent in
                    let file = Self.noise(seed)
                    return try decoder.decode(file, frame: 0) == PixelDecoder.decode(file)
                }
            }
            for try await isEqual in group { #expect(isEqual) }
        }
        #expect((1...64).contains(decoder.idleProcessIDs.count))
    }

    @Test func `children end with their decoder`() throws {
        var children: [Int32] = []
        do {
            let decoder = try Self.decoder()
            children = decoder.idleProcessIDs
        }
        #expect(children.count == 1)
        for child in children { #expect(kill(child, 0) != 0 && errno == ESRCH) }
    }

    // MARK: Taken over

    /// What a misbehaviour must end by, in the words of the reason.
    static let endings: [(String, String)] = [
        ("crash", "SIGSEGV"), ("deepen", "SIGSEGV"), ("exhaust", "decoding failed"),
        ("nonsense", "decoding failed"), ("leave", "exit status 0"), ("open-file", "SIGSYS"),
        ("write-file", "SIGSYS"), ("open-socket", "SIGSYS"), ("start-process", "SIGSYS"),
        ("start-thread", "SIGSYS"), ("map-code", "SIGSYS"), ("kill-parent", "SIGSYS"),
        ("die", "SIG"),
    ]

    @Test(arguments: endings)
    func `a codec that misbehaves costs one frame`(name: String, ending: String) throws {
        let decoder = try Self.decoder(name)
        let before = decoder.idleProcessIDs
        let good = Self.noise(7)
        #expect(try decoder.decode(good, frame: 0) == PixelDecoder.decode(good))
        let error = try #require(Self.failure(decoder, Self.noise(8, rows: 13)))
        #expect(error.code == .decoderEnded)
        #expect(error.detail.contains(ending), "\(error)")
        #expect(try decoder.decode(good, frame: 0) == PixelDecoder.decode(good))
        #expect(decoder.idleProcessIDs != before)
        #expect(!FileManager.default.fileExists(atPath: "/tmp/confinement-probe-was-here"))
    }

    @Test func `an endless loop ends at the time limit`() throws {
        let decoder = try Self.decoder("loop", duration: .milliseconds(700))
        let error = try #require(Self.failure(decoder, Self.noise(8, rows: 13)))
        #expect(error.code == .decodingTimeLimit)
        let good = Self.noise(7)
        #expect(try decoder.decode(good, frame: 0) == PixelDecoder.decode(good))
    }

    @Test func `a child that was killed between frames is not noticed`() throws {
        let decoder = try Self.decoder()
        let good = Self.noise(7)
        for _ in 0..<5 {
            for child in decoder.idleProcessIDs { kill(child, SIGKILL) }
            #expect(try decoder.decode(good, frame: 0) == PixelDecoder.decode(good))
        }
    }

    @Test func `a decoder that cannot be started says so at once`() {
        for (path, arguments) in [("/no/such/program", [String]()), ("/bin/echo", ["hello hello"])]
        {
            #expect(throws: ConfinementError.self) {
                try ConfinedFrameDecoder(program: DecoderProgram(path: path, arguments: arguments))
            }
        }
    }
}
