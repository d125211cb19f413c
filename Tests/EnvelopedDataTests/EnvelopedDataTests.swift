import Deidentification
import EnvelopedData
import Foundation
import Testing

/// Envelopes against the `openssl` command, in both directions.
@Suite struct EnvelopedDataTests {
    private static let content = Array("Doe^Jane\\1970 \u{0} and more".utf8)

    @Test func `openssl opens what is sealed`() async throws {
        let keys = try await KeyPair.make()
        let envelope = try EnvelopedData.seal(
            Self.content,
            for: Recipient(certificate: keys.certificate)
        )
        let folder = keys.folder
        // As it stands in a file: padded to even length.
        try Data(envelope + [0]).write(to: folder.appending(path: "envelope.der"))
        let output = try await OpenSSL.run([
            "cms", "-decrypt", "-inform", "DER", "-in", folder.appending(path: "envelope.der").path,
            "-inkey", keys.keyFile.path, "-binary",
        ])
        #expect(output == Self.content)
        let text = try await OpenSSL.run([
            "cms", "-cmsout", "-print", "-inform", "DER", "-in",
            folder.appending(path: "envelope.der").path,
        ])
        let words = String(decoding: text, as: UTF8.self)
        #expect(words.contains("aes-256-cbc") && words.contains("rsaEncryption"))
        #expect(!words.contains("Doe"))
    }

    @Test func `what openssl seals is opened`() async throws {
        let keys = try await KeyPair.make()
        let input = keys.folder.appending(path: "content")
        try Data(Self.content).write(to: input)
        let envelope = try await OpenSSL.run([
            "cms", "-encrypt", "-binary", "-outform", "DER", "-aes128", "-in", input.path,
            keys.certificateFile.path,
        ])
        #expect(try EnvelopedData.open(envelope, privateKey: keys.privateKey) == Self.content)
        #expect(
            try EnvelopedData.open(
                envelope,
                privateKey: keys.privateKey,
                certificate: keys.certificate
            ) == Self.content
        )
    }

    @Test func `every envelope is another, and only its own key opens it`() async throws {
        let keys = try await KeyPair.make()
        let others = try await KeyPair.make()
        let recipients = RecipientEnvelopes([
            try Recipient(certificate: keys.certificate),
            try Recipient(certificate: others.certificate),
        ])
        let envelopes = try recipients.sealed(Self.content)
        #expect(envelopes.count == 2)
        #expect(try recipients.sealed(Self.content) != envelopes)
        #expect(try EnvelopedData.open(envelopes[0], privateKey: keys.privateKey) == Self.content)
        #expect(try EnvelopedData.open(envelopes[1], privateKey: others.privateKey) == Self.content)
        let wrong = try? EnvelopedData.open(envelopes[0], privateKey: others.privateKey)
        #expect(wrong != Self.content)
        #expect(
            code { try EnvelopedData.open([1, 2, 3], privateKey: keys.privateKey) } == .noEnvelope
        )
        #expect(code { try EnvelopedData.open(envelopes[0], privateKey: [7]) } == .noPrivateKey)
    }

    @Test func `a certificate that cannot be a recipient is refused with the reason`() async throws
    {
        let elliptic = try await KeyPair.make([
            "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
        ])
        let short = try await KeyPair.make(["-newkey", "rsa:1024"])
        let old = try await KeyPair.makeExpired()
        #expect(code { try Recipient(certificate: elliptic.certificate) } == .unsuitableKey)
        #expect(code { try Recipient(certificate: short.certificate) } == .unsuitableKey)
        #expect(code { try Recipient(certificate: old.certificate) } == .outOfValidity)
        #expect(code { try Recipient(certificate: Array("no certificate".utf8)) } == .noCertificate)
        #expect(code { try Recipient(certificate: []) } == .noCertificate)
    }

    private func code(_ body: () throws -> some Any) -> EnvelopeError.Code? {
        do {
            _ = try body()
            return nil
        } catch { return (error as? EnvelopeError)?.code }
    }
}
