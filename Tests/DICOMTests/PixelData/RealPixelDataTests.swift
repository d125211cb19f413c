import Crypto
import DICOM
import Foundation
import TestSupport
import Testing

/// Real head CT in every transfer syntax, against hashes made by other decoders.
@Suite(.enabled(if: SharedData.exists, "needs ../shared"))
struct RealPixelDataTests {
    private static let syntaxes = "data/transfer-syntaxes-head/"

    private static func decode(_ path: String) throws -> DecodedFrame {
        try PixelDecoder.decode(DICOMFile(reading: SharedData.bytes(path)))
    }

    private static func sha256(_ frame: DecodedFrame) -> String {
        SHA256.hash(data: frame.nativeBytes(bitsAllocated: 16))
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The rows of a CSV without quoted fields, by column name.
    private static func table(_ path: String) throws -> [[String: String]] {
        let text = String(decoding: try SharedData.bytes(path), as: UTF8.self)
        var lines = text.split(whereSeparator: \.isNewline)
            .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        let names = lines.removeFirst()
        return lines.map { Dictionary(uniqueKeysWithValues: zip(names, $0)) }
    }

    /// Checks `items` on all cores; the results in their order.
    private static func concurrently<Item: Sendable, Value: Sendable>(
        _ items: [Item],
        _ body: @escaping @Sendable (Item) throws -> Value
    ) async throws -> [Value] {
        try await withThrowingTaskGroup(of: [(Int, Value)].self) { group in
            let lanes = ProcessInfo.processInfo.activeProcessorCount
            for lane in 0..<lanes {
                group.addTask {
                    try stride(from: lane, to: items.count, by: lanes).map {
                        ($0, try body(items[$0]))
                    }
                }
            }
            var values: [(Int, Value)] = []
            for try await part in group { values += part }
            return values.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    @Test func `every lossless file of the transfer syntaxes decodes to its hash`() throws {
        let rows = try Self.table(Self.syntaxes + "expected.csv")
        let lossless = rows.filter { $0["max_abs_diff_to_original"] == "0" }
        #expect(lossless.count == 23)
        for row in lossless {
            let file = try #require(row["file"])
            let frame = try Self.decode(Self.syntaxes + file)
            #expect(
                Self.sha256(frame) == row["sha256_of_decoded_stored_values_int16_le"],
                "\(file)"
            )
            #expect(String(frame.bitsStored) == row["bits_stored"])
            #expect((frame.isSigned ? "1" : "0") == row["pixel_representation"])
        }
    }

    @Test(arguments: [
        ("skullbase/j2k-lossy.dcm", 11), ("midbrain/j2k-lossy.dcm", 7),
        ("phantom/jpegls-near2.dcm", 2),
    ])
    func `lossy files stay within their bound of the original`(file: String, bound: Int) throws {
        let folder = try #require(file.split(separator: "/").first)
        let original = try Self.decode(Self.syntaxes + "\(folder)/explicit-le.dcm")
        let decoded = try Self.decode(Self.syntaxes + file)
        let differences = zip(original.samples, decoded.samples).map { abs(Int($0) - Int($1)) }
        #expect(decoded.samples.count == original.samples.count)
        #expect(try #require(differences.max()) <= bound)
    }

    @Test(arguments: [
        ("phantom/jpeg-baseline-8bit.dcm", "1.2.840.10008.1.2.4.50"),
        ("phantom/jpeg-extended-12bit.dcm", "1.2.840.10008.1.2.4.51"),
    ])
    func `lossy JPEG is refused by name`(file: String, uid: String) {
        #expect {
            try Self.decode(Self.syntaxes + file)
        } throws: { error in
            let error = error as? DICOMError
            return error?.code == .unsupportedTransferSyntax && error?.detail.contains(uid) == true
        }
    }

    @Test func `all 239 slices of a thin series decode to their hashes`() async throws {
        let rows = try Self.table("data/cq500-ct0-thin/expected-decoded.csv")
        #expect(rows.count == 239)
        let hashes = try await Self.concurrently(rows.compactMap { $0["file"] }) { file in
            Self.sha256(try Self.decode("data/cq500-ct0-thin/series/\(file)"))
        }
        #expect(hashes == rows.compactMap { $0["sha256_of_decoded_stored_values_int16_le"] })
    }

    @Test(arguments: ["R", "I"])
    func `a slice is the same compressed with JPEG 2000 and native`(kind: String) throws {
        let folder = "data/cq500-slices-and-reads/693_"
        let native = try Self.decode(folder + "UNC\(kind).dcm")
        let compressed = try Self.decode(folder + "J2K\(kind).dcm")
        #expect(native.samples == compressed.samples)
    }

    @Test func `a codestream with the wrong sign follows the header`() throws {
        let frame = try Self.decode("data/pydicom-head-samples/J2K_pixelrep_mismatch.dcm")
        #expect(frame.isSigned && frame.bitsStored == 13)
        #expect(frame.samples.min() == -2000 && frame.samples.max() == 1896)
        // By pydicom 3.0.2 with pylibjpeg-openjpeg 2.6.0.
        #expect(
            Self.sha256(frame)
                == "1296350a0006ef6908ce4aa11717e3e8a236b63478a097bbfb45ac7a5fca6359"
        )
    }

    @Test(arguments: ["aisd", "bhsd-mbh", "bhsd-mbhseg25", "cpaisd", "ct-ich"])
    func `every slice of a real site decodes to its hash`(site: String) async throws {
        struct Truth: Decodable {
            struct Instance: Decodable {
                let file: String
                let storedPixels: String
                enum CodingKeys: String, CodingKey {
                    case file
                    case storedPixels = "stored_pixels_sha256"
                }
            }
            let instances: [String: Instance]
        }
        let folder = "data/sites-real/\(site)/"
        let data = Data(try SharedData.bytes(folder + "truth.json"))
        let truth = try JSONDecoder().decode(Truth.self, from: data)
        let instances = truth.instances.values.sorted { $0.file < $1.file }
        #expect(instances.count >= 17)
        let hashes = try await Self.concurrently(instances.map(\.file)) { file in
            Self.sha256(try Self.decode(folder + file))
        }
        #expect(hashes == instances.map(\.storedPixels))
    }
}
