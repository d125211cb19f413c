import CCharLS
import DICOM

/// Encodes drawn slices, so that every codec but JPEG 2000 can be timed without real files.
enum BenchmarkEncoding {
    /// The syntaxes that slices are drawn in.
    static let syntaxes: [TransferSyntax] = [
        .implicitVRLittleEndian, .explicitVRLittleEndian, .explicitVRBigEndian,
        .deflatedExplicitVRLittleEndian, .rleLossless, .jpegLosslessSV1, .jpegLSLossless,
    ]

    /// A file in a syntax.
    static func file(_ number: Int, _ syntax: TransferSyntax) throws -> [UInt8] {
        let pixels = BenchmarkSlice.pixels(number)
        switch syntax {
        case .rleLossless:
            return try BenchmarkSlice.file(number, syntax, fragment: runLength(pixels))
        case .jpegLosslessSV1:
            return try BenchmarkSlice.file(number, syntax, fragment: jpegLossless(pixels))
        case .jpegLSLossless:
            return try BenchmarkSlice.file(number, syntax, fragment: jpegLS(pixels))
        default:
            let native = try DICOMFile(reading: BenchmarkSlice.nativeFile(number))
            return try DICOMFile.write(dataSet: native.dataSet, transferSyntax: syntax)
        }
    }

    // MARK: RLE (PS3.5 annex G)

    private static func runLength(_ pixels: [UInt16]) -> [UInt8] {
        let planes = [
            packed(pixels.map { UInt8($0 >> 8) }), packed(pixels.map { UInt8($0 & 0xFF) }),
        ]
        var offsets = [2, 64, 64 + planes[0].count]
        offsets += [Int](repeating: 0, count: 13)
        let header = offsets.flatMap { offset in
            (0..<4).map { UInt8(truncatingIfNeeded: offset >> (8 * $0)) }
        }
        return header + planes[0] + planes[1]
    }

    private static func packed(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        var start = 0
        while start < bytes.count {
            let run = bytes[start...].prefix(128).prefix { $0 == bytes[start] }.count
            if run > 2 {
                output += [UInt8(257 - run), bytes[start]]
                start += run
                continue
            }
            var end = start + 1
            while end < bytes.count, end - start < 128,
                end + 2 >= bytes.count || bytes[end] != bytes[end + 1]
                    || bytes[end] != bytes[end + 2]
            { end += 1 }
            output.append(UInt8(end - start - 1))
            output += bytes[start..<end]
            start = end
        }
        return output.count.isMultiple(of: 2) ? output : output + [0]
    }

    // MARK: JPEG Lossless, first predictor (ITU-T T.81 annex H)

    /// Code lengths of SSSS 0 to 16, from the statistics of CT.
    private static let counts: [UInt8] = [0, 1, 3, 3, 2, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0]
    private static let order: [UInt8] = [4, 3, 2, 5, 1, 0, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]

    private static func jpegLossless(_ pixels: [UInt16]) -> [UInt8] {
        let size = BenchmarkSlice.size
        let high = UInt8(size >> 8)
        let low = UInt8(size & 255)
        var bytes: [UInt8] = [0xFF, 0xD8, 0xFF, 0xC3, 0, 11, 12, high, low, high, low, 1, 1, 17, 0]
        bytes += [0xFF, 0xC4, 0, 36, 0] + counts + order
        bytes += [0xFF, 0xDA, 0, 8, 1, 1, 0, 1, 0, 0]
        var codes = [(code: UInt64, length: Int)](repeating: (0, 0), count: 17)
        var code: UInt64 = 0
        var symbols = order.makeIterator()
        for (index, count) in counts.enumerated() {
            for _ in 0..<count {
                guard let symbol = symbols.next() else { break }
                codes[Int(symbol)] = (code, index + 1)
                code += 1
            }
            code <<= 1
        }
        var writer = EntropyWriter()
        for index in pixels.indices {
            let column = index % size
            let predicted = index == 0 ? 2048 : Int(pixels[column == 0 ? index - size : index - 1])
            let difference = Int(pixels[index]) - predicted
            let category = Int.bitWidth - abs(difference).leadingZeroBitCount
            writer.append(codes[category].code, codes[category].length)
            let value = difference < 0 ? difference + (1 << category) - 1 : difference
            writer.append(UInt64(value), category)
        }
        return bytes + writer.finished() + [0xFF, 0xD9]
    }

    // MARK: JPEG-LS (ITU-T T.87)

    /// What CharLS refused to do.
    struct EncodingError: Error {
        let code: Int32
    }

    private static func jpegLS(_ pixels: [UInt16]) throws -> [UInt8] {
        var output = [UInt8](repeating: 0, count: pixels.count * 4)
        guard let encoder = unsafe charls_jpegls_encoder_create() else {
            throw EncodingError(code: -1)
        }
        defer { unsafe charls_jpegls_encoder_destroy(encoder) }
        var info = charls_frame_info(
            width: UInt32(BenchmarkSlice.size),
            height: UInt32(BenchmarkSlice.size),
            bits_per_sample: 12,
            component_count: 1
        )
        func check(_ code: charls_jpegls_errc) throws {
            guard code.rawValue == 0 else { throw EncodingError(code: Int32(code.rawValue)) }
        }
        try check(unsafe charls_jpegls_encoder_set_frame_info(encoder, &info))
        let written = try unsafe output.withUnsafeMutableBytes { target in
            guard let destination = target.baseAddress else { throw EncodingError(code: -1) }
            try check(
                unsafe charls_jpegls_encoder_set_destination_buffer(
                    encoder,
                    destination,
                    target.count
                )
            )
            try unsafe pixels.withUnsafeBytes { source in
                guard let origin = source.baseAddress else { throw EncodingError(code: -1) }
                try check(
                    unsafe charls_jpegls_encoder_encode_from_buffer(
                        encoder,
                        origin,
                        source.count,
                        0
                    )
                )
            }
            var count = 0
            try check(unsafe charls_jpegls_encoder_get_bytes_written(encoder, &count))
            return count
        }
        return Array(output.prefix(written + written % 2))
    }
}

/// Bits, most significant first, with JPEG's byte stuffing.
private struct EntropyWriter {
    private var bytes: [UInt8] = []
    private var pending: UInt64 = 0
    private var count = 0

    mutating func append(_ value: UInt64, _ length: Int) {
        pending = pending << UInt64(length) | value
        count += length
        while count >= 8 {
            count -= 8
            let byte = UInt8(truncatingIfNeeded: pending >> UInt64(count))
            bytes.append(byte)
            if byte == 0xFF { bytes.append(0) }
        }
    }

    mutating func finished() -> [UInt8] {
        if count > 0 { append((1 << UInt64(8 - count)) - 1, 8 - count) }
        return bytes
    }
}
