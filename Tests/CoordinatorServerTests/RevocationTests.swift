import AsyncHTTPClient
import CoordinatorServer
import CoordinatorStore
import Foundation
import NIOCore
import Testing
import WireProtocol

/// Revocation reaches what is open.
@Suite struct RevocationTests {
    @Test func `revoking a site closes its long-poll and leaves another site's alone`()
        async throws
    {
        try await TestFederation.serving { federation in
            let (alpha, beta) = (
                try await federation.enrolledSite("alpha"),
                try await federation.enrolledSite("beta")
            )
            // Both connections are known before the revocation.
            for site in [alpha, beta] {
                #expect(try await site.send("GET", "/v1/hello").status == 200)
            }
            async let other = beta.send("GET", "/v1/work?wait=4", timeout: .seconds(20))
            async let poll = Self.outcome(of: alpha)
            try await federation.operations.store.revoke(alpha.id)
            let start = ContinuousClock.now
            #expect(await poll != "answered in full")
            #expect(ContinuousClock.now - start < .seconds(10), "a poll waits 25 s otherwise")
            #expect(try await other.status == 204)
            let next = try await alpha.send("GET", "/v1/hello")
            #expect(next.code == "site-not-active")
        }
    }

    /// How a long-poll ends.
    private static func outcome(of site: TestSite) async -> String {
        do {
            let answer = try await site.send(
                "GET",
                "/v1/work?wait=25",
                timeout: .seconds(40)
            )
            return answer.status == 204 ? "answered in full" : "refused"
        } catch {
            return "closed"
        }
    }
}
