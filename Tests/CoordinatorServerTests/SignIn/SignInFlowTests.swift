import AsyncHTTPClient
import CoordinatorServer
import CoordinatorStore
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL
import PeopleClient
import Testing
import WireProtocol

/// `fedcompare login` from the address it prints to the session it keeps, with a browser that only follows.
@Suite struct SignInFlowTests {
    @Test
    func `a browser that comes back opens a session, which reads and is kept for its owner only`()
        async throws
    {
        try await LocalIssuer.running { issuer in
            let folder = try TestFederation.makeFolder(provider: issuer.provider)
            defer { try? FileManager.default.removeItem(at: folder.root) }
            try await TestFederation.serving(folder) { federation in
                try await federation.tie("subject-1", to: "lee", .researcher, everything: true)
                let port = try await federation.ports.people
                let connection = try CoordinatorConnection(
                    to: "127.0.0.1:\(port)",
                    root: folder.rootCertificate.path
                )
                let browser = try Self.browser(trusting: issuer)
                let flow = SignInFlow(at: connection, providerTrust: issuer.trust.path)
                let session = try await flow.run { url in
                    let page = try await browser.get(url: url.absoluteString).get()
                    #expect(page.status == .ok)
                }
                #expect(session.party == "fed://test-federation/researcher/lee")
                let bytes = try await connection.send(.listRuns, token: session.token)
                #expect(try WireCodec.decode(RunList.self, from: bytes).runs.isEmpty)
                let kept = folder.root.appending(path: "session.json")
                let file = SessionFile(coordinator: "c:1", root: "root.pem", session: session)
                try file.write(to: kept)
                #expect(try SessionFile.read(from: kept) == file)
                let mode = try FileManager.default.attributesOfItem(atPath: kept.path)
                #expect(mode[.posixPermissions] as? Int == 0o600)
                try await browser.shutdown()
                try await connection.shutdown()
            }
        }
    }

    @Test func `who comes back with another state opens nothing, nor does nobody`() async throws {
        try await LocalIssuer.running { issuer in
            let folder = try TestFederation.makeFolder(provider: issuer.provider)
            defer { try? FileManager.default.removeItem(at: folder.root) }
            try await TestFederation.serving(folder) { federation in
                try await federation.tie("subject-1", to: "lee", .researcher)
                let port = try await federation.ports.people
                let connection = try CoordinatorConnection(
                    to: "127.0.0.1:\(port)",
                    root: folder.rootCertificate.path
                )
                let browser = try Self.browser(trusting: issuer)
                let flow = SignInFlow(at: connection, providerTrust: issuer.trust.path)
                await #expect(throws: PeopleClientError.self) {
                    _ = try await flow.run { url in
                        let items = URLComponents(url: url, resolvingAgainstBaseURL: false)?
                            .queryItems
                        let redirect = items?.first { $0.name == "redirect_uri" }?.value ?? ""
                        _ = try await browser.get(url: redirect + "?code=code-1&state=other").get()
                    }
                }
                let hasty = SignInFlow(
                    at: connection,
                    providerTrust: issuer.trust.path,
                    limit: .milliseconds(50)
                )
                await #expect(throws: PeopleClientError.self) { _ = try await hasty.run { _ in } }
                try await browser.shutdown()
                try await connection.shutdown()
            }
        }
    }

    private static func browser(trusting issuer: LocalIssuer) throws -> HTTPClient {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(issuer.trust.path))
        return HTTPClient(
            eventLoopGroupProvider: .singleton,
            configuration: .init(tlsConfiguration: tls)
        )
    }
}
