import CoordinatorServer
import Federation
import Foundation
import Identity
import Testing
import WireProtocol

/// Protocol.md section 3.2 over the wire: what is refused although certificate and connection are in order.
@Suite struct RequestSignatureTests {
    private static let description = Array(
        """
        {"examCountBand":"1-9","prevalenceBand":"5-10 %","scanners":[],"sliceCountBand":"1-9",
        "softwareVersion":"1"}
        """.utf8
    )

    /// The fields of a signed request by `site` for a method, path and body.
    private static func fields(
        _ site: TestSite,
        _ method: String,
        _ path: String,
        _ body: [UInt8] = [],
        boot: BootID? = nil
    ) throws -> [(String, String)] {
        let signing = try #require(site.signing)
        let digest = ContentDigest.value(of: SHA256Digest(hashing: body))
        var generator = SystemRandomNumberGenerator()
        let fields = try signing.credentials.signer.sign(
            SignedRequest(method: method, target: path, contentDigest: digest),
            boot: boot ?? signing.boot(),
            at: Date(),
            using: &generator
        )
        return [
            (ContentDigest.name, digest), ("Signature-Input", fields.input),
            ("Signature", fields.signature),
        ]
    }

    private static func unsigned(_ site: TestSite) -> TestSite {
        TestSite(id: site.id, http: site.http, port: site.port)
    }

    @Test func `a request without a signature is refused whatever its certificate`() async throws {
        try await TestFederation.serving { federation in
            let wire = Self.unsigned(try await federation.enrolledSite("alpha"))
            for (method, path) in [("GET", "/v1/hello"), ("GET", "/v1/work"), ("PUT", "/v1/site")] {
                let answer = try await wire.send(method, path)
                #expect(answer.status == 401)
                #expect(answer.code == "signature-required")
            }
        }
    }

    @Test func `a request that comes again is refused, as long as its time allows`() async throws {
        try await TestFederation.serving { federation in
            let site = try await federation.enrolledSite("alpha")
            let wire = Self.unsigned(site)
            let headers = try Self.fields(site, "PUT", "/v1/site", Self.description)
            func send() async throws -> TestSite.Answer {
                try await wire.send("PUT", "/v1/site", Self.description, headers: headers)
            }
            #expect(try await send().status == 204)
            let again = try await send()
            #expect(again.status == 409)
            #expect(again.code == "replayed")
        }
    }

    @Test func `a signature is of its method, path, query and body only`() async throws {
        try await TestFederation.serving { federation in
            let site = try await federation.enrolledSite("alpha")
            let wire = Self.unsigned(site)
            let signed = try Self.fields(site, "GET", "/v1/work?wait=0")
            for (method, path) in [
                ("GET", "/v1/work?wait=1"), ("GET", "/v1/work"), ("GET", "/v1/hello"),
            ] {
                let answer = try await wire.send(method, path, headers: signed)
                #expect(answer.code == "signature-invalid", "\(method) \(path)")
            }
            let other = Array("{}".utf8)
            let body = try await wire.send(
                "PUT",
                "/v1/site",
                other,
                headers: try Self.fields(site, "PUT", "/v1/site", Self.description)
            )
            #expect(body.code == "digest-mismatch")
        }
    }

    @Test func `another site's signature is not taken on this connection`() async throws {
        try await TestFederation.serving { federation in
            let alpha = try await federation.enrolledSite("alpha")
            let beta = try await federation.enrolledSite("beta")
            let answer = try await Self.unsigned(alpha).send(
                "GET",
                "/v1/work?wait=0",
                headers: try Self.fields(beta, "GET", "/v1/work?wait=0")
            )
            #expect(answer.code == "signature-invalid")
        }
    }

    @Test func `what was signed for another boot is stale, but hello tells the boot`()
        async throws
    {
        try await TestFederation.serving { federation in
            let site = try await federation.enrolledSite("alpha")
            let wire = Self.unsigned(site)
            let stale = try await wire.send(
                "GET",
                "/v1/work?wait=0",
                headers: try Self.fields(site, "GET", "/v1/work?wait=0", boot: .unknown)
            )
            #expect(stale.status == 409)
            #expect(stale.code == "stale-boot")
            let hello = try await wire.send(
                "GET",
                "/v1/hello",
                headers: try Self.fields(site, "GET", "/v1/hello", boot: .unknown)
            ).decoded(Hello.self)
            let boot = try #require(BootID(text: hello.bootID))
            let fresh = try await wire.send(
                "GET",
                "/v1/work?wait=0",
                headers: try Self.fields(site, "GET", "/v1/work?wait=0", boot: boot)
            )
            #expect(fresh.status == 204)
        }
    }

    @Test func `what was recorded before a restart cannot be repeated after it`() async throws {
        let folder = try TestFederation.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder.root) }
        var credentials: TestCredentials?
        var recorded: [(String, String)] = []
        try await TestFederation.serving(folder) { federation in
            let site = try await federation.enrolledSite("alpha")
            credentials = site.signing?.credentials
            recorded = try Self.fields(site, "PUT", "/v1/site", Self.description)
            let first = try await Self.unsigned(site).send(
                "PUT",
                "/v1/site",
                Self.description,
                headers: recorded
            )
            #expect(first.status == 204)
        }
        let known = try #require(credentials)
        try await TestFederation.serving(folder) { federation in
            let site = try federation.site(try SiteID(validating: "alpha"), known)
            let answer = try await Self.unsigned(site).send(
                "PUT",
                "/v1/site",
                Self.description,
                headers: recorded
            )
            #expect(answer.code == "stale-boot")
            #expect(try await site.send("GET", "/v1/hello").status == 200)
        }
    }

    @Test(arguments: [(-360.0, "clock-skew"), (360, "clock-skew"), (240, nil)])
    func `a site's clock may differ by five minutes`(seconds: Double, code: String?) async throws {
        try await TestFederation.serving { federation in
            var site = try await federation.enrolledSite("alpha")
            site.clock = { Date().addingTimeInterval(seconds) }
            let answer = try await site.send("GET", "/v1/hello")
            #expect(answer.code == code)
            let error = try? answer.decoded(ErrorResponse.self).error
            #expect((error?.timeMilliseconds != nil) == (code != nil))
        }
    }
}
