import Crypto
package import Foundation
package import Identity
import Logging
import NIOSSL
import ServiceLifecycle
import Synchronization
import X509

/// What the coordinator's ports do their handshakes with: its certificate, renewed from day 10 on, and its roots.
///
/// Each new handshake uses what lies in the folder, without a restart.
package final class ServerCredentials: Sendable {
    private struct Current {
        var service: NIOSSLContext
        var enrolment: NIOSSLContext
        var roots: FederationRoots
        var start: Date
        var end: Date
        var files: FileStamps
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

    /// The next handshake of the service port.
    var service: NIOSSLContext { current.withLock(\.service) }

    /// The next handshake of the enrolment port.
    var enrolment: NIOSSLContext { current.withLock(\.enrolment) }

    /// The roots in use.
    package var roots: FederationRoots { current.withLock(\.roots) }

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

    /// Takes up what `fedcoordinator ca` changed in the folder; true if it did.
    ///
    /// - Throws: `IdentityError` while a change is half done, which the next look finds whole.
    @discardableResult
    package func reloadIfChanged() throws -> Bool {
        guard FileStamps(of: folder) != current.withLock(\.files) else { return false }
        let changed = try Self.read(folder)
        current.withLock { $0 = changed }
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
        let files = FileStamps(of: folder)
        let credentials = try PartyCredentials(from: folder.serverIdentity)
        let roots = try FederationRoots(of: folder)
        return Current(
            service: try NIOSSLContext(configuration: ServerTLS.service(credentials, roots)),
            enrolment: try NIOSSLContext(configuration: ServerTLS.enrolment(credentials, roots)),
            roots: roots,
            start: credentials.chain[0].notValidBefore,
            end: credentials.leaf.notValidAfter,
            files: files
        )
    }
}

/// When the files of a folder that handshakes rest on were last replaced.
private struct FileStamps: Hashable {
    private let stamps: [String]

    init(of folder: CoordinatorFolder) {
        let files = [
            folder.serverIdentity, folder.rootCertificate, folder.formerRoot, folder.handover,
        ]
        stamps = files.map { file in
            guard let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
            else { return "absent" }
            let time = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
            return "\(attributes[.systemFileNumber] ?? 0) \(time)"
        }
    }
}

/// Takes up each second what changed in the folder, and looks once an hour whether the server certificate is due.
struct ServerCredentialsWatch: Service {
    let credentials: ServerCredentials
    let now: @Sendable () -> Date
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var failures = 0
            for tick in 0... {
                do {
                    if try credentials.reloadIfChanged() {
                        logger.notice(
                            "new server certificate or roots taken up",
                            metadata: ["roots": "\(credentials.roots.fingerprints)"]
                        )
                    }
                    if tick % 3600 == 0, try credentials.renewIfDue(at: now()) {
                        logger.notice("server certificate renewed")
                    }
                    failures = 0
                } catch {
                    // Files that are being replaced are whole at the next look.
                    failures += 1
                    if failures == 10 { report(error) }
                }
                guard (try? await Task.sleep(for: .seconds(1))) != nil else { return }
            }
        }
    }

    private func report(_ error: any Error) {
        logger.error(
            "the server certificate cannot be renewed or taken up",
            metadata: ["error.message": "\(error)", "certificate.end": "\(credentials.end)"]
        )
    }
}
