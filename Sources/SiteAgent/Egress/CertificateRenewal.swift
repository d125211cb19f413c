import Crypto
package import Foundation
import Identity
package import Logging
package import SiteStore
import WireProtocol

/// Keeps the site's certificate valid: from day 10 on a new key, a new certificate, new connections; no restart.
package struct CertificateRenewalLoop: Sendable {
    private let folder: SiteFolder
    private let store: SiteStore
    private let client: CoordinatorClient
    private let logger: Logger

    /// Renews the certificate of a folder through a client that uses it.
    package init(
        folder: SiteFolder,
        store: SiteStore,
        client: CoordinatorClient,
        logger: Logger
    ) {
        self.folder = folder
        self.store = store
        self.client = client
        self.logger = logger
    }

    /// Looks once an hour until cancelled.
    func run() async throws {
        while !Task.isCancelled {
            do {
                if let end = try await renewIfDue() {
                    logger.notice("certificate renewed", metadata: ["certificate.end": "\(end)"])
                }
            } catch is CancellationError {
                return
            } catch {
                logger.error(
                    "the certificate cannot be renewed; it is tried again in an hour",
                    metadata: ["error.message": "\(error)"]
                )
            }
            try await Task.sleep(for: .seconds(3600))
        }
    }

    /// Renews if it is time.
    ///
    /// A key that was made before a crash is used again, so that the coordinator gives the same answer.
    /// - Returns: the end of the new certificate; nil if it is not time yet.
    package func renewIfDue() async throws -> Date? {
        let current = try PartyCredentials(from: folder.identity)
        let due = CertificateLifetime.renewal(ofLeafEnding: current.leaf.notValidAfter)
        guard client.connection.now() >= due else { return nil }
        let key = try nextKey(after: current)
        let answer = try await client.renew(
            CertificateRenewal(certificateRequest: try CertificateRequest.pem(for: key))
        )
        guard let root = try CertificateFile.read(from: folder.federationRoot).first else {
            return nil
        }
        let leaf = try Enrolment.verify(
            chainPEM: answer.certificateChain,
            of: key.publicKey,
            root: root
        )
        guard leaf.party == current.leaf.party else {
            throw AgentError(.failed, "the renewed certificate names \(leaf.party)")
        }
        let next = try PartyCredentials(key: key, chainPEM: answer.certificateChain)
        try next.write(to: folder.identity)
        try? FileManager.default.removeItem(at: folder.nextKey)
        try await store.recordRenewal(
            siteID: leaf.party.id,
            old: current.leaf.fingerprint,
            new: leaf.fingerprint
        )
        try await client.connection.exchange(
            for: next,
            root: folder.federationRoot,
            address: client.address
        )
        return leaf.notValidAfter
    }

    private func nextKey(after current: PartyCredentials) throws -> P256.Signing.PrivateKey {
        let key = try PrivateKeyFile.readOrCreate(at: folder.nextKey)
        guard key.rawRepresentation == current.key.rawRepresentation else { return key }
        // It was taken into use, and only its removal was missed.
        try FileManager.default.removeItem(at: folder.nextKey)
        return try PrivateKeyFile.create(at: folder.nextKey)
    }
}
