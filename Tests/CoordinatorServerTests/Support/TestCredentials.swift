import CoordinatorStore
import Crypto
import Foundation
import Identity
import NIOSSL
import SwiftASN1
import X509

/// A party's key and certificate, in memory.
struct TestCredentials: Sendable {
    let chainPEM: String
    let key: P256.Signing.PrivateKey
    let fingerprint: String
    let requestPEM: String
    let notValidAfter: Date

    /// Takes what an agent has in its folder.
    init(_ credentials: PartyCredentials) throws {
        key = credentials.key
        chainPEM = try credentials.chain.map { try $0.serializeAsPEM().pemString }
            .joined(separator: "\n")
        fingerprint = credentials.leaf.fingerprint
        notValidAfter = credentials.leaf.notValidAfter
        requestPEM = try CertificateRequest.pem(for: key)
    }

    /// Has `authority` issue a certificate at a moment of choice.
    init(site: String, of authority: CertificateAuthority, at time: Date) throws {
        try self.init(.site(site), of: authority, at: time)
    }

    /// Has `authority` issue a certificate of a role at a moment of choice.
    init(_ role: Party.Role, of authority: CertificateAuthority, at time: Date) throws {
        key = P256.Signing.PrivateKey()
        requestPEM = try CertificateRequest.pem(for: key)
        let issued = try authority.issue(
            to: role,
            try CertificateRequest(pem: requestPEM),
            at: time
        )
        chainPEM = issued.chainPEM
        fingerprint = issued.fingerprint
        notValidAfter = issued.notValidAfter
    }

    /// An authority with keys of its own that calls itself by this name.
    static func foreignAuthority(named name: String) throws -> CertificateAuthority {
        try CertificateAuthority(
            under: try RootAuthority(newFederation: name, at: Date()),
            issuingKey: P256.Signing.PrivateKey(),
            at: Date()
        )
    }

    func chain() throws -> [NIOSSLCertificate] {
        try NIOSSLCertificate.fromPEMBytes(Array(chainPEM.utf8))
    }

    func privateKey() throws -> NIOSSLPrivateKey {
        try NIOSSLPrivateKey(bytes: Array(key.derRepresentation), format: .der)
    }

    var signer: RequestSigner { RequestSigner(key: key, fingerprint: fingerprint) }

    /// As the register keeps it.
    func record() throws -> CertificateRecord {
        CertificateRecord(
            fingerprint: fingerprint,
            keySHA256: try CertificateRequest(pem: requestPEM).keySHA256,
            chain: chainPEM,
            notValidAfter: notValidAfter
        )
    }
}
