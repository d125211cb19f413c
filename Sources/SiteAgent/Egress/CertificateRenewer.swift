import Crypto
package import Foundation
import Identity
package import Logging
package import SiteStore
import WireProtocol

/// Keeps the site's certificate valid: from day 10 on, or under a new root at once, a new key, a new certificate,
/// new connections; no restart.
package actor CertificateRenewer {
    private let folder: SiteFolder
    private let store: SiteStore
    private let client: CoordinatorClient
    private let logger: Logger
    private var isRenewing = false

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
            try await renewOrSay()
            try await Task.sleep(for: .seconds(3600))
        }
    }

    /// Renews if it is time; a failure is only logged, since the next look tries again.
    func renewOrSay() async throws {
        do {
            if let end = try await renewIfDue() {
                logger.notice("certificate renewed", metadata: ["certificate.end": "\(end)"])
            }
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            logger.error(
                "the certificate cannot be renewed; it is tried again",
                metadata: ["error.message": "\(error)"]
            )
        }
    }

    /// Renews if it is time, or if the certificate does not lead to the newest root.
    ///
    /// A key that was made before a crash is used again, so that the coordinator gives the same answer.
    /// - Returns: the end of the new certificate; nil if it is not time yet.
    package func renewIfDue() async throws -> Date? {
        guard !isRenewing else { return nil }
        let current = try PartyCredentials(from: folder.identity)
        let roots = try TrustedRoots(from: folder.federationRoot)
        guard isDue(current, roots) else { return nil }
        isRenewing = true
        defer { isRenewing = false }
        return try await renew(current, roots)
    }

    private func isDue(_ current: PartyCredentials, _ roots: TrustedRoots) -> Bool {
        let due = CertificateLifetime.renewal(ofLeafEnding: current.leaf.notValidAfter)
        guard client.connection.now() < due else { return true }
        guard current.chain.count == 2 else { return false }
        return roots.root(of: current.chain[1]) != roots.current
    }

    private func renew(_ current: PartyCredentials, _ roots: TrustedRoots) async throws -> Date {
        let key = try nextKey(after: current)
        let answer = try await client.renew(
            CertificateRenewal(certificateRequest: try CertificateRequest.pem(for: key))
        )
        let leaf = try Enrolment.verify(
            chainPEM: answer.certificateChain,
            of: key.publicKey,
            roots: roots
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

extension CertificateRenewer {
    /// Follows the federation from one root to the next (Protocol.md section 5.15).
    ///
    /// A root that a known one vouches for is gone by at once, with a certificate under it; a former one is
    /// dropped once the coordinator goes by it no more.
    ///
    /// - Throws: `IdentityError` `untrusted-root` for a root that no known one vouches for.
    func follow(_ announcement: RootAnnouncement?, accepted: [String]?) async throws {
        guard let accepted else { return }
        var roots = try TrustedRoots(from: folder.federationRoot)
        let before = CertificateAuthority.fingerprint(ofKeyIn: roots.current)
        if let announcement,
            try roots.adopt(RootHandover(announcement), at: client.connection.now())
        {
            try await take(roots)
            let root = CertificateAuthority.fingerprint(ofKeyIn: roots.current)
            try await store.recordRoot(adopted: root, after: before)
            logger.notice("the federation has a new root", metadata: ["root": "\(root)"])
        }
        try await renewOrSay()
        let credentials = try PartyCredentials(from: folder.identity)
        guard credentials.chain.count == 2,
            roots.root(of: credentials.chain[1]) == roots.current
        else { return }
        for root in roots.drop(allBut: accepted) {
            try await take(roots)
            try await store.recordRoot(retired: root)
            logger.notice("a former root is retired", metadata: ["root": "\(root)"])
        }
    }

    /// Goes by roots on disk and on new connections.
    private func take(_ roots: TrustedRoots) async throws {
        try roots.write(to: folder.federationRoot)
        try await client.connection.exchange(
            for: try PartyCredentials(from: folder.identity),
            root: folder.federationRoot,
            address: client.address
        )
    }
}

extension RootHandover {
    /// Reads what the coordinator announces.
    init(_ announcement: RootAnnouncement) throws(IdentityError) {
        try self.init(
            rootPEM: announcement.root,
            crossCertificatePEM: announcement.crossCertificate
        )
    }
}
