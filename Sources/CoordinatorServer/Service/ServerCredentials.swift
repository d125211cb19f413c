import Crypto
package import Foundation
package import Identity
import Logging
import NIOSSL
import ServiceLifecycle
import Synchronization
import X509

/// The coordinator's server certificate: renewed from day 10 on, and used by each new handshake without a restart.
package final class ServerCredentials: Sendable {
    private struct Current {
        var chain: [NIOSSLCertificate]
        var key: NIOSSLPrivateKey
        var start: Date
        var end: Date
    }

    private let folder: CoordinatorFolder
    private let authority: @Sendable () throws -> CertificateAuthority
    private let hosts: [String]
    private let current: Mutex<Current>

    /// Reads what lies in the folder.
    package init(
        folder: CoordinatorFolder,
        hosts: [String],
        authority: @escaping @Sendable () throws -> CertificateAuthority
    ) throws {
        self.folder = folder
        self.hosts = hosts
        self.authority = authority
        current = Mutex(try Self.read(folder))
    }

    /// Chain and key for the next handshake.
    var chainAndKey: (chain: [NIOSSLCertificate], key: NIOSSLPrivateKey) {
        current.withLock { ($0.chain, $0.key) }
    }

    /// The end of the certificate in use.
    package var end: Date { current.withLock(\.end) }

    /// Makes a new key and certificate if it is time, or if the one there was made by a clock that was
    /// ahead; true if it did.
    @discardableResult
    package func renewIfDue(at now: Date) throws -> Bool {
        let start = current.withLock(\.start)
        guard now < start || now >= CertificateLifetime.renewal(ofLeafEnding: end) else {
            return false
        }
        try Self.issue(in: folder, hosts: hosts, by: try authority(), at: now)
        let renewed = try Self.read(folder)
        current.withLock { $0 = renewed }
        return true
    }

    /// Makes a key and lets the authority certify it.
    static func issue(
        in folder: CoordinatorFolder,
        hosts: [String],
        by authority: CertificateAuthority,
        at now: Date
    ) throws {
        let key = P256.Signing.PrivateKey()
        let issued = try authority.issueCoordinatorCertificate(
            for: key.publicKey,
            hosts: hosts,
            at: now
        )
        try PartyCredentials(key: key, chainPEM: issued.chainPEM).write(to: folder.serverIdentity)
    }

    private static func read(_ folder: CoordinatorFolder) throws -> Current {
        let credentials = try PartyCredentials(from: folder.serverIdentity)
        return Current(
            chain: try credentials.chain.map {
                try NIOSSLCertificate(bytes: try CertificateFile.der(of: $0), format: .der)
            },
            key: try NIOSSLPrivateKey(
                bytes: Array(credentials.key.derRepresentation),
                format: .der
            ),
            start: credentials.chain[0].notValidBefore,
            end: credentials.leaf.notValidAfter
        )
    }
}

/// Looks once an hour whether the server certificate is due.
struct ServerCertificateRenewal: Service {
    let credentials: ServerCredentials
    let now: @Sendable () -> Date
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    if try credentials.renewIfDue(at: now()) {
                        logger.notice("server certificate renewed")
                    }
                } catch {
                    logger.error(
                        "the server certificate cannot be renewed",
                        metadata: [
                            "error.message": "\(error)", "certificate.end": "\(credentials.end)",
                        ]
                    )
                }
                try? await Task.sleep(for: .seconds(3600))
            }
        }
    }
}
