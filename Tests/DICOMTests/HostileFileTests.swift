import DICOM
import Testing

/// Damaged and hostile files end in a typed error, never in a crash, a hang or exhausted memory.
struct HostileFileTests {
    static func code(
        of bytes: [UInt8],
        limits: ReadingLimits = .default
    ) -> DICOMError.Code? {
        do {
            _ = try DICOMFile(reading: bytes, limits: limits)
            return nil
        } catch {
            return error.code
        }
    }

    @Test(arguments: RoundTripTests.cases)
    func `a file cut anywhere is refused unless the cut lies between elements`(
        syntax: TransferSyntax,
        lengths: SequenceLengths
    ) throws {
        let dataSet = try SmallFile.dataSet()
        func written(_ elements: ArraySlice<DataElement>) throws -> [UInt8] {
            var meta = DataSet()
            try meta.set(.mediaStorageSOPClassUID, string: "1.2.840.10008.5.1.4.1.1.2")
            try meta.set(.mediaStorageSOPInstanceUID, string: "2.25.1")
            return try DICOMFile.write(
                dataSet: DataSet(Array(elements)),
                fileMeta: meta,
                transferSyntax: syntax,
                sequenceLengths: lengths
            )
        }
        let file = try written(dataSet.elements[...])
        let boundaries =
            syntax.isDeflated
            ? [] : Set(try (0..<dataSet.count).map { try written(dataSet.elements[..<$0]).count })
        let metaEnd = SmallFile.metaEnd(of: file)
        for cut in 0..<file.count {
            do {
                let read = try DICOMFile(reading: Array(file[..<cut]))
                let isKnown =
                    boundaries.contains(cut - read.trailingBytes)
                    || cut < metaEnd && read.anomalies.contains { $0.kind == .wrongGroupLength }
                    || syntax.isDeflated && cut == file.count - 1 && file.last == 0
                #expect(isKnown, "cut at \(cut) of \(file.count) went unnoticed")
            } catch {
                #expect(!boundaries.contains(cut))
            }
        }
    }

    @Test(arguments: SmallFile.syntaxes)
    func `random damage never crashes`(syntax: TransferSyntax) throws {
        let file = try DICOMFile.write(
            dataSet: try SmallFile.dataSet(),
            transferSyntax: syntax,
            sequenceLengths: .undefined
        )
        var noise = TestNoise(seed: 5)
        var refused = 0
        for _ in 0..<4_000 {
            var damaged = file
            for _ in 0..<Int.random(in: 1...6, using: &noise) {
                let index = Int.random(in: 132..<file.count, using: &noise)
                damaged[index] = UInt8.random(in: 0...255, using: &noise)
            }
            if Self.code(of: damaged) != nil { refused += 1 }
        }
        #expect(refused > 500)
    }

    @Test func `bytes that are not DICOM are refused`() {
        #expect(Self.code(of: []) == .notDICOM)
        #expect(Self.code(of: Array("StudyInstanceUID,label\n1.2.3,1\n".utf8)) == .notDICOM)
        #expect(Self.code(of: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0]) == .notDICOM)
        #expect(Self.code(of: [UInt8](repeating: 0, count: 400)) == .notDICOM)
    }

    @Test func `a length beyond the file is refused before any memory is taken`() throws {
        let huge: [UInt8] = [0x10, 0x00, 0x00, 0x40, 0x55, 0x54, 0, 0, 0xFE, 0xFF, 0xFF, 0x3F]
        let file = try SmallFile.bytes(.explicitVRLittleEndian, body: huge)
        #expect(Self.code(of: file) == .truncated)
        var limits = ReadingLimits.default
        limits.maximumElementLength = 1_000
        #expect(Self.code(of: file, limits: limits) == .elementLengthLimit)
    }

    @Test func `an error names the tag and the offset but no value`() throws {
        var dataSet = try SmallFile.dataSet()
        try dataSet.set(.patientComments, string: "CANARY")
        let bytes = try DICOMFile.write(dataSet: dataSet)
        let error = #expect(throws: DICOMError.self) {
            try DICOMFile(reading: Array(bytes.dropLast()))
        }
        #expect(error?.tag == .pixelData)
        #expect(error?.offset == bytes.count - 8)
        #expect(error?.description.contains("(7FE0,0010)") == true)
        #expect(error?.description.contains("CANARY") == false)
    }

    @Test func `an element may not leave its item`() throws {
        // A sequence of 16 bytes with an item of 8 whose only element claims 9.
        let body: [UInt8] = [
            0x08, 0x00, 0x15, 0x11, 0x53, 0x51, 0, 0, 16, 0, 0, 0,
            0xFE, 0xFF, 0x00, 0xE0, 8, 0, 0, 0, 0x08, 0x00, 0x00, 0x01, 0x53, 0x48, 9, 0,
            0x20, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20,
        ]
        let file = try SmallFile.bytes(.explicitVRLittleEndian, body: body)
        #expect(Self.code(of: file) == .invalidLength)
    }

    @Test func `nesting beyond the limit is refused, and any depth of input is safe`() throws {
        let step: [UInt8] = [
            0x08, 0x00, 0x15, 0x11, 0x53, 0x51, 0, 0, 255, 255, 255, 255,
            0xFE, 0xFF, 0x00, 0xE0, 255, 255, 255, 255,
        ]
        let body = [[UInt8]](repeating: step, count: 100_000).flatMap(\.self)
        let file = try SmallFile.bytes(.explicitVRLittleEndian, body: body)
        #expect(Self.code(of: file) == .depthLimit)
    }

    @Test func `more elements than the limit are refused`() throws {
        let empty: [UInt8] = [0x08, 0x00, 0x60, 0x00, 0x43, 0x53, 0, 0]
        let body = [[UInt8]](repeating: empty, count: 10_000).flatMap(\.self)
        let file = try SmallFile.bytes(.explicitVRLittleEndian, body: body)
        var limits = ReadingLimits.default
        limits.maximumElementCount = 9_999
        #expect(Self.code(of: file, limits: limits) == .elementCountLimit)
        #expect(Self.code(of: file) == nil)
    }

    @Test func `a million descending tags take no quadratic time`() throws {
        var body: [UInt8] = []
        for number in (0x0010_0001...UInt32(0x0010_0001 + 300_000)).reversed() {
            body += [
                UInt8(truncatingIfNeeded: number >> 16), UInt8(truncatingIfNeeded: number >> 24),
                UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8),
                0x43, 0x53, 0, 0,
            ]
        }
        let file = try DICOMFile(
            reading: try SmallFile.bytes(.explicitVRLittleEndian, body: body)
        )
        #expect(file.dataSet.count == 300_001)
        #expect(file.anomalies.count == 1_000)
    }

    @Test func `a file beyond the size limit is refused`() throws {
        var limits = ReadingLimits.default
        limits.maximumFileSize = 100
        let bytes = [UInt8](repeating: 0, count: 101)
        #expect(Self.code(of: bytes, limits: limits) == .fileSizeLimit)
    }

    @Test func `a deflate bomb stops at the limit`() throws {
        var dataSet = try SmallFile.dataSet()
        dataSet.set(.pixelData, .ow, bytes: [UInt8](repeating: 0, count: 8 << 20))
        let bomb = try DICOMFile.write(
            dataSet: dataSet,
            transferSyntax: .deflatedExplicitVRLittleEndian
        )
        #expect(bomb.count < 20_000)
        var limits = ReadingLimits.default
        limits.maximumInflatedSize = 1 << 20
        #expect(Self.code(of: bomb, limits: limits) == .inflatedSizeLimit)
        #expect(Self.code(of: bomb) == nil)
    }

    @Test func `a deflated file with damage is refused`() throws {
        var file = try DICOMFile.write(
            dataSet: try SmallFile.dataSet(),
            transferSyntax: .deflatedExplicitVRLittleEndian
        )
        file[SmallFile.metaEnd(of: file)] |= 0x06
        #expect(Self.code(of: file) == .invalidDeflate)
    }

    @Test func `an unknown transfer syntax is refused`() throws {
        var bytes = try DICOMFile.write(dataSet: try SmallFile.dataSet())
        let uid = Array("1.2.840.10008.1.2.1".utf8)
        let start = try #require(
            (0..<bytes.count - uid.count).first { bytes[$0..<$0 + uid.count].elementsEqual(uid) }
        )
        bytes[start] = UInt8(ascii: "2")
        #expect(Self.code(of: bytes) == .unsupportedTransferSyntax)
    }
}
