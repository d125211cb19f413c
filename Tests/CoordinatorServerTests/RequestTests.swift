import Federation
import Foundation
import Testing
import WireProtocol

/// Long-polls, and requests that are not what the protocol says.
@Suite struct RequestTests {
    @Test func `a long-poll without work answers 204 at its deadline`() async throws {
        try await TestFederation.serving { federation in
            let site = try await federation.enrolledSite("alpha")
            let start = ContinuousClock.now
            #expect(try await site.work(waiting: 1) == nil)
            let waited = ContinuousClock.now - start
            #expect(waited >= .milliseconds(990), "\(waited)")
        }
    }

    @Test func `a long-poll answers as soon as there is work`() async throws {
        try await TestFederation.serving { federation in
            let alpha = try await federation.enrolledSite("alpha")
            let beta = try await federation.enrolledSite("beta")
            let run = try await TestRun.start(in: federation, sites: [alpha, beta])
            try await run.approve(alpha)
            async let waiting = alpha.work(waiting: 25)
            let start = ContinuousClock.now
            try await run.approve(beta)
            guard case .train(let work) = try await waiting else {
                Issue.record("the waiting site was not given the round")
                return
            }
            #expect(work.round.rawValue == 1)
            #expect(ContinuousClock.now - start < .seconds(10))
        }
    }

    @Test(arguments: ["gzip", "zstd", "deflate", "br", "identity, gzip"])
    func `a compressed body is refused before it is read`(encoding: String) async throws {
        try await TestFederation.serving { federation in
            let site = try await federation.enrolledSite("alpha")
            let bytes = [UInt8](repeating: 0x1F, count: 100)
            let digest = SHA256Digest(hashing: bytes)
            for (method, path) in [
                ("PUT", "/v1/site"), ("PUT", Endpoint.putPart.path(digest, part: 0)),
            ] {
                let answer = try await site.send(
                    method,
                    path,
                    bytes,
                    headers: [("Content-Encoding", encoding)]
                )
                #expect(answer.status == 400 && answer.code == "malformed")
            }
        }
    }

    @Test func `what is not JSON, not a message or not a path has its documented error`()
        async throws
    {
        try await TestFederation.serving { federation in
            let site = try await federation.enrolledSite("alpha")
            let digest = SHA256Digest(hashing: [UInt8]())
            let long = [UInt8](repeating: 0x20, count: Limits.jsonBytesMax + 1)
            let deep = [UInt8](repeating: 0x5B, count: 1000)
            let cases: [(String, String, [UInt8], Int, String)] = [
                ("PUT", "/v1/site", Array("{".utf8), 400, "malformed"),
                ("PUT", "/v1/site", Array("{}".utf8), 400, "malformed"),
                ("PUT", "/v1/site", deep, 400, "malformed"),
                ("PUT", "/v1/site", long, 413, "too-large"),
                ("GET", "/v1/nothing", [], 404, "not-found"),
                ("DELETE", "/v1/site", [], 404, "not-found"),
                ("GET", "/v1/plans/xyz", [], 400, "malformed"),
                ("GET", Endpoint.fetchBlob.path(digest), [], 404, "not-found"),
            ]
            for (method, path, body, status, code) in cases {
                let answer = try await site.send(method, path, body)
                #expect(answer.status == status, "\(method) \(path)")
                let error = try answer.decoded(ErrorResponse.self).error
                #expect(error.code == code, "\(method) \(path)")
                #expect(error.message == ErrorCatalogue(rawValue: code)?.text)
                #expect(!error.correlationID.isEmpty)
            }
        }
    }
}
