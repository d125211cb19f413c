import CoordinatorServer
import Crypto
import Foundation
import Identity
import NIOSSL
import SiteAgent

/// The TLS of a coordinator's port and of its client, for servers of the benchmarks' own.
struct BenchmarkTLS {
    let server: TLSConfiguration
    let client: TLSConfiguration

    /// Makes a federation in an empty folder.
    init(folder: CoordinatorFolder) throws {
        let settings = CoordinatorSettings(
            federation: "benchmark",
            host: "127.0.0.1",
            bind: "127.0.0.1",
            servicePort: 0,
            enrolmentPort: 0
        )
        try FederationSetup.create(in: folder, settings: settings, at: Date())
        server = try ServerTLS.enrolment(
            PartyCredentials(from: folder.serverIdentity),
            FederationRoots(of: folder)
        )
        client = try ClientTLS.enrolment(root: folder.rootCertificate)
    }
}
