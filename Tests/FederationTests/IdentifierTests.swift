import Federation
import Foundation
import Testing

@Suite struct IdentifierTests {
    @Test(arguments: ["a", "site-a", "0", String(repeating: "x", count: 63)])
    func `well formed site ids are taken`(text: String) throws {
        #expect(try SiteID(validating: text).rawValue == text)
    }

    @Test(
        arguments: [
            "", "-a", "a-", "Site", "a_b", "a b", "a/b", "..", "é",
            String(repeating: "x", count: 64),
        ])
    func `other site ids are refused`(text: String) {
        #expect(throws: FederationError.self) { try SiteID(validating: text) }
        #expect(SiteID(rawValue: text) == nil)
    }

    @Test func `sites are ordered by bytes`() {
        let sorted = [site("b"), site("a-1"), site("a0"), site("a")].sorted()
        #expect(sorted.map(\.rawValue) == ["a", "a-1", "a0", "b"])
    }

    @Test func `a digest is the FIPS 180-4 one, and its bytes come back`() {
        let digest = SHA256Digest(hashing: Array("abc".utf8))
        #expect(
            digest.rawValue
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        )
        #expect(digest.bytes.count == 32 && digest.bytes[0] == 0xba && digest.bytes[31] == 0xad)
        #expect(SHA256Digest(rawValue: digest.rawValue.uppercased()) == nil)
        #expect(SHA256Digest(rawValue: "00") == nil)
    }

    @Test func `the digest of a file is that of its bytes, also over block borders`() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "f")
        let bytes = (0..<(1 << 20) + 17).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try Data(bytes).write(to: file)
        #expect(try SHA256Digest(ofFile: file) == SHA256Digest(hashing: bytes))
        #expect(throws: FederationError.self) {
            try SHA256Digest(ofFile: folder.url.appending(path: "none"))
        }
    }

    @Test func `rounds count from 1 and are never negative`() {
        #expect(RoundNumber.initial.next == .first && RoundNumber.first.previous == .initial)
        #expect(RoundNumber(rawValue: -1) == nil && RoundNumber.initial.previous == nil)
    }
}
