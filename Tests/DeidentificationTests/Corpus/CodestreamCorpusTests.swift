import DICOM
import Deidentification
import Foundation
import TestSupport
import Testing

/// Tokens beside the pixels: in segments of the codestream, after it, and after the last pixel.
@Suite(.enabled(if: SharedData.exists, "needs ../shared")) struct CodestreamCorpusTests {
    private static let token = "ZQXJWYKOFF-4471182"
    private static let files = [
        "rle", "jpeg-lossless-sv1", "jpeg-lossless-p14-sv6", "jpegls-lossless", "j2k-lossless",
        "jpeg-lossless-sv1-multifragment-empty-bot",
    ]

    private static func file(_ name: String) throws -> DICOMFile {
        try DICOMFile(
            reading: SharedData.bytes("data/transfer-syntaxes-head/midbrain/\(name).dcm")
        )
    }

    /// The first frame with a comment of each kind that its codestream may have.
    private static func commented(_ stream: [UInt8], _ name: String) -> [UInt8] {
        let text = Array(token.utf8)
        let length = [UInt8(0), UInt8(text.count + 2)]
        if name == "rle" { return stream + text }
        if name.hasPrefix("j2k") {
            let start =
                stream.indices.dropLast().first {
                    stream[$0] == 0xFF && stream[$0 + 1] == 0x90
                } ?? 0
            var commented = Array(stream[..<start])
            commented += [0xFF, 0x64, 0, UInt8(text.count + 4), 0, 1]
            commented += text
            commented += stream[start...]
            return commented + text
        }
        var commented = Array(stream[..<2])
        for marker in [0xFE, 0xE1, 0xEF] as [UInt8] {
            commented += [0xFF, marker] + length + text
        }
        commented += stream[2...]
        return commented + text
    }

    @Test(arguments: files)
    func `comments in a codestream and bytes around it are gone, pixels stay`(name: String) throws {
        let original = try Self.file(name)
        let element = try #require(original.dataSet[.pixelData])
        guard case .fragments(var fragments) = element.value else {
            Issue.record("no fragments")
            return
        }
        let rest = fragments.dropFirst(2)
        fragments = [[], Self.commented(fragments[1] + rest.flatMap(\.self), name)]
        var dataSet = original.dataSet
        dataSet.insert(
            DataElement(tag: .pixelData, vr: element.vr, value: .fragments(fragments))
        )
        let bytes =
            try DICOMFile.write(
                dataSet: dataSet,
                transferSyntax: original.transferSyntax
            ) + Array(Self.token.utf8)
        var search = LeakSearch()
        search.add(word: Self.token)
        search.add(word: "4471182")
        #expect(!search.hits(in: bytes).isEmpty)
        let output = try TestKeys.deidentifier().deidentify(DICOMFile(reading: bytes))
        #expect(search.hits(in: output.dicomBytes).isEmpty)
        #expect(output.frame == (try PixelDecoder.decode(original)))
    }

    @Test(arguments: ["explicit-le", "implicit-le", "explicit-be", "deflated-explicit-le"])
    func `bytes after the last pixel and the last element are gone`(name: String) throws {
        let original = try Self.file(name)
        let element = try #require(original.dataSet[.pixelData])
        let text = Array(Self.token.utf8)
        var dataSet = original.dataSet
        dataSet.insert(
            DataElement(
                tag: .pixelData,
                vr: element.vr,
                value: .bytes(try #require(element.bytes) + text + text)
            )
        )
        dataSet.insert(
            DataElement(tag: DICOMTag(0xFFFC, 0xFFFC), vr: .ob, value: .bytes(text))
        )
        var bytes = try DICOMFile.write(
            dataSet: dataSet,
            transferSyntax: original.transferSyntax
        )
        if !original.transferSyntax.isDeflated { bytes += text }
        var search = LeakSearch()
        search.add(word: Self.token)
        let output = try TestKeys.deidentifier().deidentify(DICOMFile(reading: bytes))
        #expect(search.hits(in: output.dicomBytes).isEmpty)
        #expect(output.frame == (try PixelDecoder.decode(original)))
    }
}
