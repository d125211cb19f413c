import Foundation
import TestSupport
import Testing
import WireProtocol

/// Every message has vectors, and its variants are refused.
@Suite struct MessageVectorTests {
    private static let folder = SharedData.repository
        .appending(path: "Tests/WireProtocolTests/Vectors")

    static func files(_ name: String) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(
            at: folder.appending(path: name),
            includingPropertiesForKeys: nil
        ).sorted { $0.lastPathComponent < $1.lastPathComponent }
    }

    private static func bytes(_ file: URL) throws -> [UInt8] {
        let bytes = [UInt8](try Data(contentsOf: file))
        return bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes
    }

    private static func form(_ file: URL) throws -> MessageForm {
        try #require(
            MessageForm.named(file.lastPathComponent),
            "\(file.lastPathComponent) is of no message"
        )
    }

    @Test func `what is read is written again byte for byte`() throws {
        for file in try Self.files("messages") {
            let bytes = try Self.bytes(file)
            let name = file.lastPathComponent
            #expect(try Self.form(file).rewrite(bytes) == bytes, "\(name)")
            #expect(bytes.count <= Limits.jsonBytesMax, "\(name)")
        }
    }

    @Test func `unknown members are ignored, so that a version can grow`() throws {
        for file in try Self.files("messages") {
            let bytes = try Self.bytes(file)
            let grown = Array(#"{"zzNewMember":[1,{"a":null}],"#.utf8) + bytes.dropFirst()
            #expect(try Self.form(file).rewrite(grown) == bytes, "\(file.lastPathComponent)")
        }
    }

    @Test func `what the protocol does not allow is refused`() throws {
        for file in try Self.files("refused") {
            let form = try Self.form(file)
            #expect(throws: (any Error).self, "\(file.lastPathComponent)") {
                _ = try form.rewrite(try Self.bytes(file))
            }
        }
    }

    @Test func `every form of every message has a vector and a refusal`() throws {
        for (folder, exempt) in [
            ("messages", Set<String>()), ("refused", ["enrol.response-pending"]),
        ] {
            let seen = Set(try Self.files(folder).map { try Self.form($0).name })
            #expect(Set(MessageForm.all.map(\.name)).subtracting(exempt).isSubset(of: seen))
        }
        // Bytes, documents that are specified elsewhere, and what has no body.
        let documents: Set<Endpoint> = [
            .fetchPlan, .fetchBlob, .putPart, .compareRun, .exportAudit, .closeSession,
        ]
        let known = Set(MessageForm.all.compactMap(\.endpoint))
        #expect(known.union(documents) == Set(Endpoint.allCases))
    }
}
