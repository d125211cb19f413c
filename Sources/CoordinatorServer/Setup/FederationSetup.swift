import WireProtocol
package import Foundation
package import Identity
import X509
import Yams

/// Makes a federation: keys, certificates and settings of its coordinator (`fedcoordinator init`).
package enum FederationSetup {
    /// Makes the folder's contents; nothing is overwritten.
    ///
    /// - Throws: ``CoordinatorError`` if the folder already is a coordinator's, `IdentityError` if files cannot be written.
    package static func create(
        in folder: CoordinatorFolder,
        settings: CoordinatorSettings,
        at now: Date
    ) throws {
        try settings.validate()
        guard !FileManager.default.fileExists(atPath: folder.settings.path) else {
            throw CoordinatorError(
                .internal,
                "\(folder.root.path) is already a coordinator's folder"
            )
        }
        let authority = try CertificateAuthority(
            newFederation: settings.federation,
            rootKey: try PrivateKeyFile.create(at: folder.rootKey),
            issuingKey: try PrivateKeyFile.create(at: folder.issuingKey),
            at: now
        )
        try CertificateFile.write([authority.root], to: folder.rootCertificate)
        try CertificateFile.write([authority.issuing], to: folder.issuingCertificate)
        let serverKey = try PrivateKeyFile.create(at: folder.serverKey)
        let hosts =
            settings.host == settings.bind ? [settings.host] : [settings.host, settings.bind]
        let server = try authority.issueCoordinatorCertificate(
            for: serverKey.publicKey,
            hosts: hosts,
            at: now
        )
        try CertificateFile.write([server, authority.issuing], to: folder.serverChain)
        let text = try YAMLEncoder().encode(settings)
        try OwnerOnlyFile.write(Data(text.utf8), to: folder.settings)
    }

    /// Loads the authority that enrols sites.
    package static func authority(
        of folder: CoordinatorFolder,
        federation: String
    ) throws -> CertificateAuthority {
        guard let root = try CertificateFile.read(from: folder.rootCertificate).first,
            let issuing = try CertificateFile.read(from: folder.issuingCertificate).first
        else { throw CoordinatorError(.internal, "the authority's certificates are missing") }
        return CertificateAuthority(
            federation: federation,
            root: root,
            issuing: issuing,
            issuingKey: try PrivateKeyFile.read(from: folder.issuingKey)
        )
    }
}
