import DICOM
import Testing

@Suite struct JPEGLosslessTests {
    private static let rows = 23
    private static let columns = 37

    private func roundTrip(
        _ encoder: JPEGLosslessEncoder,
        seed: UInt64,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var noise = TestNoise(seed: seed)
        let count = encoder.rows * encoder.columns * encoder.components
        let samples = noise.image(count: count, bits: encoder.precision).map {
            ($0 >> encoder.pointTransform) << encoder.pointTransform
        }
        let image = PixelImage(
            rows: encoder.rows,
            columns: encoder.columns,
            samplesPerPixel: encoder.components,
            bitsAllocated: encoder.precision > 8 ? 16 : 8,
            bitsStored: encoder.precision
        )
        let decoded = try image.decode(encoder.encode(samples), .jpegLossless)
        #expect(decoded == samples.map(Int32.init), sourceLocation: sourceLocation)
    }

    @Test(arguments: 1...7, 2...16)
    func `every predictor gives back every precision`(predictor: Int, precision: Int) throws {
        let encoder = JPEGLosslessEncoder(
            rows: Self.rows,
            columns: Self.columns,
            precision: precision,
            predictor: predictor
        )
        try roundTrip(encoder, seed: UInt64(100 * predictor + precision))
    }

    @Test(arguments: 0..<17)
    func `codes of every length are read`(rotation: Int) throws {
        let encoder = JPEGLosslessEncoder(
            rows: Self.rows,
            columns: Self.columns,
            predictor: 4,
            rotation: rotation
        )
        try roundTrip(encoder, seed: 7)
    }

    @Test(arguments: 1...7, [1, 3])
    func `restart intervals begin anew`(predictor: Int, rowsPerRestart: Int) throws {
        let encoder = JPEGLosslessEncoder(
            rows: Self.rows,
            columns: Self.columns,
            precision: 12,
            predictor: predictor,
            rowsPerRestart: rowsPerRestart
        )
        try roundTrip(encoder, seed: UInt64(predictor))
    }

    @Test(arguments: 1...7, [0, 1, 5])
    func `the point transform is undone`(predictor: Int, pointTransform: Int) throws {
        let encoder = JPEGLosslessEncoder(
            rows: Self.rows,
            columns: Self.columns,
            precision: 12,
            predictor: predictor,
            pointTransform: pointTransform
        )
        try roundTrip(encoder, seed: UInt64(predictor))
    }

    @Test(arguments: 1...7, [false, true])
    func `colours come interleaved or scan by scan`(predictor: Int, separate: Bool) throws {
        let encoder = JPEGLosslessEncoder(
            rows: Self.rows,
            columns: Self.columns,
            components: 3,
            precision: 8,
            predictor: predictor,
            rowsPerRestart: 4,
            separateScans: separate
        )
        try roundTrip(encoder, seed: UInt64(predictor))
    }

    @Test(arguments: [(1, 1), (1, 9), (9, 1), (2, 2)])
    func `narrow images are decoded`(rows: Int, columns: Int) throws {
        for predictor in 1...7 {
            try roundTrip(
                JPEGLosslessEncoder(rows: rows, columns: columns, predictor: predictor),
                seed: 3
            )
        }
    }

    @Test func `comments and application segments are skipped`() throws {
        let comment: [UInt8] = [0xFF, 0xFE, 0, 6, 0xFF, 0xD9, 1, 2]
        let application: [UInt8] = [0xFF, 0xFF, 0xE1, 0, 4, 9, 9]
        try roundTrip(
            JPEGLosslessEncoder(
                rows: Self.rows,
                columns: Self.columns,
                extraSegments: comment + application
            ),
            seed: 5
        )
    }

    @Test func `signed values get their sign from the header`() throws {
        let values = CodestreamVectors.ramp
        let encoder = JPEGLosslessEncoder(
            rows: CodestreamVectors.rows,
            columns: CodestreamVectors.columns,
            precision: 12
        )
        let stream = encoder.encode(values.map { Int($0) & 0xFFF })
        let image = PixelImage(bitsStored: 12, isSigned: true)
        #expect(try image.decode(stream, .jpegLosslessSV1) == values)
    }

    @Test func `a stream without end marker is decoded and one without data is not`() throws {
        let encoder = JPEGLosslessEncoder(rows: Self.rows, columns: Self.columns)
        var noise = TestNoise(seed: 1)
        let samples = noise.image(count: Self.rows * Self.columns, bits: 16)
        let stream = encoder.encode(samples)
        let image = PixelImage(rows: Self.rows, columns: Self.columns)
        #expect(
            try image.decode(stream.dropLast(2) as [UInt8], .jpegLossless)
                == samples.map(Int32.init)
        )
        #expect(
            code { try image.decode(Array(stream.dropLast(20)), .jpegLossless) }
                == .invalidPixelData
        )
    }

    @Test func `another size, process or start is refused`() throws {
        let encoder = JPEGLosslessEncoder(rows: Self.rows, columns: Self.columns)
        let stream = encoder.encode([Int](repeating: 5, count: Self.rows * Self.columns))
        let image = PixelImage(rows: Self.rows, columns: Self.columns)
        #expect(try image.decode(stream, .jpegLossless).count == Self.rows * Self.columns)
        let transposed = PixelImage(rows: Self.columns, columns: Self.rows)
        #expect(code { try transposed.decode(stream, .jpegLossless) } == .invalidPixelData)
        for process: UInt8 in [0xC0, 0xC1, 0xC2, 0xC7, 0xCB] {
            var other = stream
            other[3] = process
            #expect(code { try image.decode(other, .jpegLossless) } == .invalidPixelData)
        }
        #expect(
            code { try image.decode(Array(stream.dropFirst(2)), .jpegLossless) }
                == .invalidPixelData
        )
    }
}
