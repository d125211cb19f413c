import Crypto
import Foundation
import Identity
import TestSupport
import Testing

/// Vectors of the protocol that another implementation made.
@Suite struct ProtocolVectorTests {
    private static func vector(_ name: String) throws -> Data {
        try Data(
            contentsOf: SharedData.repository
                .appending(path: "Tests/WireProtocolTests/Vectors/\(name)")
        )
    }

    private static func bytes(_ hex: String) -> [UInt8] {
        stride(from: 0, to: hex.count, by: 2).compactMap { index in
            let start = hex.index(hex.startIndex, offsetBy: index)
            return UInt8(hex[start..<hex.index(start, offsetBy: 2)], radix: 16)
        }
    }

    @Test func `the list of words is the file's`() throws {
        let text = String(decoding: try Self.vector("fingerprint-words.txt"), as: UTF8.self)
        #expect(text.split(separator: "\n").map(String.init) == FingerprintWords.list)
    }

    @Test func `six words are those of another implementation`() throws {
        struct Vector: Decodable {
            let rootSPKI: String
            let keySPKI: String
            let words: String
        }
        let vector = try JSONDecoder().decode(
            Vector.self,
            from: try Self.vector("fingerprint-words.json")
        )
        let words = FingerprintWords(
            rootSPKI: Self.bytes(vector.rootSPKI),
            keySPKI: Self.bytes(vector.keySPKI)
        )
        #expect(words.description == vector.words)
    }

    @Test func `a signature of another implementation is valid`() throws {
        struct Vector: Decodable {
            let method: String
            let target: String
            let contentDigest: String
            let keySPKI: String
            let signatureInput: String
            let signature: String
        }
        let vector = try JSONDecoder().decode(
            Vector.self,
            from: try Self.vector("signature.json")
        )
        let key = try P256.Signing.PublicKey(derRepresentation: Self.bytes(vector.keySPKI))
        let signature = try #require(
            RequestSignature(input: vector.signatureInput, signature: vector.signature)
        )
        let request = SignedRequest(
            method: vector.method,
            target: vector.target,
            contentDigest: vector.contentDigest
        )
        #expect(signature.isValid(for: request, by: key))
    }
}
