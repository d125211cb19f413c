import Crypto
package import Foundation
package import Identity
import SwiftASN1
import WireProtocol
package import X509
import Yams

/// Makes a federation: keys, certificates and settings of its coordinator (`fedcoordinator init`, `ca`).
package enum FederationSetup {
    /// Makes the folder's contents under a root that is at hand; nothing is overwritten.
    ///
    /// - Throws: ``CoordinatorError`` if the folder already is a coordinator's, `IdentityError` if files cannot be written.
    package static func create(
        in folder: CoordinatorFolder,
        settings: CoordinatorSettings,
        under root: RootAuthority? = nil,
        at now: Date
    ) throws {
        let request = try prepare(folder, settings: settings)
        // Without a root of its own a federation gets one whose key is forgotten: for a demo or a test.
        let root = try root ?? RootAuthority(newFederation: settings.federation, at: now)
        let issuing = try root.issuingCertificate(for: request, at: now)
        try install(issuing, root: root.certificate, in: folder, at: now)
    }

    /// Makes settings, the issuing key and the request that a root elsewhere certifies.
    ///
    /// - Returns: the request.
    @discardableResult
    package static func prepare(
        _ folder: CoordinatorFolder,
        settings: CoordinatorSettings
    ) throws -> CertificateRequest {
        try settings.validate()
        guard !FileManager.default.fileExists(atPath: folder.settings.path) else {
            throw CoordinatorError(
                .internal,
                "\(folder.root.path) is already a coordinator's folder"
            )
        }
        let request = try requestIssuing(in: folder)
        let text = try YAMLEncoder().encode(settings)
        try OwnerOnlyFile.write(Data(text.utf8), to: folder.settings)
        return request
    }

    /// Makes the next issuing key and its request; the key in use stays until a certificate is installed.
    @discardableResult
    package static func requestIssuing(
        in folder: CoordinatorFolder
    ) throws -> CertificateRequest {
        let key = try PrivateKeyFile.readOrCreate(at: folder.nextIssuingKey)
        let pem = try CertificateRequest.pem(for: key)
        try OwnerOnlyFile.write(Data(pem.utf8), to: folder.issuingRequest)
        return try CertificateRequest(pem: pem)
    }

    /// Takes an issuing certificate into use, with a new server certificate under it.
    ///
    /// `following` is the root before, where the root is exchanged for one that it vouches for.
    ///
    /// - Throws: `IdentityError` unless it is of the key that asked and of the federation's root.
    package static func install(
        _ issuing: Certificate,
        root: Certificate,
        following former: Certificate? = nil,
        in folder: CoordinatorFolder,
        at now: Date
    ) throws {
        let settings = try CoordinatorSettings.read(from: folder)
        let known = try? CertificateFile.read(from: folder.rootCertificate).first
        guard known == nil || known == root || known == former,
            root.publicKey.isValidSignature(issuing.signature, for: issuing)
        else {
            throw IdentityError(
                .untrustedRoot,
                "the issuing certificate is not signed by this federation's root"
            )
        }
        let authority = try CertificateAuthority(
            federation: settings.federation,
            root: root,
            issuing: issuing,
            issuingKey: try PrivateKeyFile.read(from: folder.nextIssuingKey)
        )
        if let former { try CertificateFile.write([former], to: folder.formerRoot) }
        try CertificateFile.write([root], to: folder.rootCertificate)
        try CertificateFile.write([issuing], to: folder.issuingCertificate)
        try OwnerOnlyFile.move(folder.nextIssuingKey, to: folder.issuingKey)
        try? FileManager.default.removeItem(at: folder.issuingRequest)
        try ServerCredentials.issue(in: folder, hosts: settings.hosts, by: authority, at: now)
    }

    /// Checks that the issuing key of a folder was certified.
    ///
    /// - Throws: ``CoordinatorError`` saying what to carry where, while it was not.
    static func requireCertified(_ folder: CoordinatorFolder) throws {
        let manager = FileManager.default
        guard !manager.fileExists(atPath: folder.serverIdentity.path),
            manager.fileExists(atPath: folder.issuingRequest.path)
        else { return }
        throw CoordinatorError.configuration(
            """
            the root has not certified this coordinator's issuing key yet. Where the root is:
              fedcoordinator ca sign \(folder.issuingRequest.path) --root ROOT --output issuing.pem
            then here:
              fedcoordinator ca install issuing.pem --root-certificate ROOT/root.pem --directory \(folder.root.path)
            """
        )
    }

    /// Loads the authority that certifies.
    package static func authority(
        of folder: CoordinatorFolder,
        federation: String
    ) throws -> CertificateAuthority {
        guard let root = try CertificateFile.read(from: folder.rootCertificate).first,
            let issuing = try CertificateFile.read(from: folder.issuingCertificate).first
        else { throw CoordinatorError.configuration("the authority's certificates are missing") }
        return try CertificateAuthority(
            federation: federation,
            root: root,
            issuing: issuing,
            issuingKey: try PrivateKeyFile.read(from: folder.issuingKey)
        )
    }
}
