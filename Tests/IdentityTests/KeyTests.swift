import Crypto
import Foundation
import Identity
import Testing
import X509

/// Keys at rest and the words of keys.
@Suite struct KeyTests {
    private let root = Array("the root's key".utf8)

    @Test func `an encrypted key opens with its passphrase only`() throws {
        let key = P256.Signing.PrivateKey()
        let pem = try EncryptedPrivateKey.pem(of: key, passphrase: "correct horse battery")
        let read = try EncryptedPrivateKey.key(pem: pem, passphrase: "correct horse battery")
        #expect(read.rawRepresentation == key.rawRepresentation)
        #expect {
            _ = try EncryptedPrivateKey.key(pem: pem, passphrase: "correct horse batterz")
        } throws: { ($0 as? IdentityError)?.code == .wrongPassphrase }
        #expect(throws: IdentityError.self) {
            _ = try EncryptedPrivateKey.pem(of: key, passphrase: "short")
        }
    }

    @Test func `six words follow from both keys`() {
        let words = FingerprintWords(rootSPKI: root, keySPKI: [1])
        #expect(words.words.count == 6)
        #expect(words == FingerprintWords(rootSPKI: root, keySPKI: [1]))
        #expect(words != FingerprintWords(rootSPKI: root, keySPKI: [2]))
        #expect(words != FingerprintWords(rootSPKI: [0], keySPKI: [1]))
        #expect(words.match(words.description.uppercased()))
        #expect(!words.match(words.words.reversed().joined(separator: " ")))
    }

    @Test func `a pin is of the whole SubjectPublicKeyInfo, as other programs hash it`() throws {
        let root = try RootAuthority(newFederation: "demo", at: Date())
        let info = root.certificate.publicKey.spki
        #expect(info.count == 91 && info.starts(with: [0x30, 0x59, 0x30, 0x13]))
        let read = try P256.Signing.PublicKey(derRepresentation: info)
        #expect(Certificate.PublicKey(read) == root.certificate.publicKey)
    }

    @Test func `the list has 1024 different words, ascending`() {
        #expect(FingerprintWords.list.count == 1024)
        #expect(Set(FingerprintWords.list).count == 1024)
        #expect(FingerprintWords.list == FingerprintWords.list.sorted())
    }

    @Test func `a key and its chain are one file that others cannot read`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let authority = try CertificateAuthority(
            under: try RootAuthority(newFederation: "demo", at: Date()),
            issuingKey: P256.Signing.PrivateKey(),
            at: Date()
        )
        let key = P256.Signing.PrivateKey()
        let request = try CertificateRequest(pem: try CertificateRequest.pem(for: key))
        let issued = try authority.issue(to: .site("a"), request, at: Date())
        let file = folder.appending(path: "identity.pem")
        try PartyCredentials(key: key, chainPEM: issued.chainPEM).write(to: file)
        #expect(try PartyCredentials(from: file).leaf.fingerprint == issued.fingerprint)
        #expect(throws: IdentityError.self) {
            _ = try PartyCredentials(key: .init(), chainPEM: issued.chainPEM)
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
        #expect {
            _ = try PartyCredentials(from: file)
        } throws: { ($0 as? IdentityError)?.code == .exposedKey }
    }
}
