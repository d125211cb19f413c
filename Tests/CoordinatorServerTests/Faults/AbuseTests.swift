import CoordinatorServer
import struct Crypto.SHA256
import Federation
import Foundation
import NIOCore
import Testing
import WireProtocol

/// Connections that are slow, too large, not HTTP, or too many; and a site that works beside them.
@Suite struct AbuseTests {
    private static let quick: ConnectionLimits = {
        var limits = ConnectionLimits.standard
        limits.handshake = .seconds(2)
        limits.head = .seconds(1)
        limits.rateWindow = .seconds(1)
        limits.strangersMax = 16
        return limits
    }()

    /// Serves with quick limits to one enrolled site.
    private func serving(_ body: (TestFederation, TestSite) async throws -> Void) async throws {
        try await TestFederation.serving(limits: Self.quick) { federation in
            try await body(federation, try await federation.enrolledSite("alpha"))
        }
    }

    private func dial(
        _ federation: TestFederation,
        _ site: TestSite
    ) async throws -> RawConnection {
        let credentials = try #require(site.signing?.credentials)
        return try await .open(
            port: federation.servicePort,
            try federation.tls(credentials)
        )
    }

    @Test(arguments: ["GET /v1/hello HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", "G"])
    func `a head that does not end is answered too-slow`(start: String) async throws {
        try await serving { federation, site in
            let connection = try await dial(federation, site)
            connection.send(start)
            let answer = await connection.answer()
            #expect(answer.hasPrefix("HTTP/1.1 408 "), "\(answer)")
            #expect(answer.contains(#""code":"too-slow""#))
            #expect(try await site.send("GET", "/v1/hello").status == 200, "others are served")
        }
    }

    @Test func `a body below the least rate is answered too-slow, one above it is taken`()
        async throws
    {
        try await serving { federation, site in
            let body = [UInt8](repeating: 0x20, count: 20_000)
            let digest = ContentDigest.value(of: SHA256.hash(data: body))
            let head = try site.head("PUT", "/v1/site", digest)
            let slow = try await dial(federation, site)
            slow.send(head + "Content-Length: \(body.count)\r\n\r\n{")
            let answer = await slow.answer()
            #expect(answer.hasPrefix("HTTP/1.1 408 "), "\(answer)")
            let steady = try await dial(federation, site)
            let other = try site.head("PUT", "/v1/site", digest)
            steady.send(other + "Content-Length: \(body.count)\r\nConnection: close\r\n\r\n")
            for _ in 0..<20 {
                #expect(await steady.sent(ByteBuffer(repeating: 0x20, count: 1000)))
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(await steady.answer().contains(#""code":"malformed""#), "read to its end")
        }
    }

    @Test func `who connects and says nothing is gone in time`() async throws {
        try await serving { federation, _ in
            for port in [federation.servicePort, federation.enrolmentPort] {
                let silent = try await RawConnection.open(port: port, nil)
                guard port == federation.servicePort else { silent.close(); continue }
                #expect(await silent.answer().isEmpty)
            }
        }
    }

    @Test(arguments: [
        "GET /v1/hello HTTP/1.1\r\nX-Long: " + String(repeating: "a", count: 20_000) + "\r\n\r\n",
        "GET /v1/hello HTTP/1.1\r\n"
            + (0..<70).map { "X-\($0): a\r\n" }.joined() + "\r\n",
        "PUT /v1/site HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        "PUT /v1/site HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "PUT /v1/site HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "PUT /v1/site HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "GET /v1/hello HTTP/9.9\r\n\r\n", "\u{16}\u{3}\u{1}", "GET  /v1/hello\r\n\r\n",
    ])
    func `what is not HTTP is answered 400 or not at all, and the connection ends`(
        bytes: String
    ) async throws {
        try await serving { federation, site in
            let connection = try await dial(federation, site)
            connection.send(bytes)
            let answer = await connection.answer()
            let isRefused = ["HTTP/1.1 400 ", "HTTP/1.1 401 ", "HTTP/1.1 408 "]
                .contains(String(answer.prefix(13)))
            #expect(isRefused || answer.isEmpty, "\(answer)")
            #expect(try await site.send("GET", "/v1/hello").status == 200, "others are served")
        }
    }

    @Test func `bytes after a body are the next request, and none`() async throws {
        try await serving { federation, site in
            let digest = ContentDigest.value(of: SHA256.hash(data: Array("{}".utf8)))
            let connection = try await dial(federation, site)
            connection.send(
                try site.head("PUT", "/v1/site", digest)
                    + "Content-Length: 2\r\n\r\n{}garbage\r\n\r\n"
            )
            let answer = await connection.answer()
            #expect(answer.hasPrefix("HTTP/1.1 400 "))
            #expect(answer.contains(#""code":"malformed""#), "the message itself")
        }
    }

    @Test func `a body without an end is refused as too large, and not read for ever`()
        async throws
    {
        try await serving { federation, site in
            let connection = try await dial(federation, site)
            let digest = ContentDigest.value(of: SHA256.hash(data: [UInt8]()))
            connection.send(
                try site.head("PUT", "/v1/site", digest) + "Transfer-Encoding: chunked\r\n\r\n"
            )
            var chunk = ByteBuffer(string: "10000\r\n")
            chunk.writeRepeatingByte(0x20, count: 65_536)
            chunk.writeString("\r\n")
            var chunks = 0
            while chunks < 1000, await connection.sent(chunk) { chunks += 1 }
            #expect(chunks < 400, "\(chunks) chunks of 64 KiB were taken")
            let answer = await connection.answer()
            #expect(answer.isEmpty || answer.contains(#""code":"too-large""#), "\(answer)")
        }
    }

    @Test func `a compressed body is malformed`() async throws {
        try await serving { _, site in
            let answer = try await site.send(
                "PUT",
                "/v1/site",
                [0x1F, 0x8B, 8, 0],
                headers: [("Content-Encoding", "gzip")]
            )
            #expect(answer.status == 400 && answer.code == "malformed")
        }
    }

    @Test func `requests in one write are answered in order`() async throws {
        try await serving { federation, site in
            let empty = ContentDigest.value(of: SHA256.hash(data: [UInt8]()))
            let connection = try await dial(federation, site)
            let first = try site.head("GET", "/v1/hello", empty)
            let second = try site.head("GET", "/v1/nothing", empty)
            let third = try site.head("GET", "/v1/hello", empty)
            connection.send("\(first)\r\n\(second)\r\n\(third)Connection: close\r\n\r\n")
            let answer = await connection.answer()
            let statuses = answer.components(separatedBy: "HTTP/1.1 ").dropFirst()
                .map { $0.prefix(3) }
            #expect(statuses == ["200", "404", "200"])
        }
    }

    @Test func `a flood of strangers and of one site's connections leaves a round untouched`()
        async throws
    {
        try await serving { federation, alpha in
            let beta = try await federation.enrolledSite("beta")
            let gamma = try await federation.enrolledSite("gamma")
            let run = try await TestRun.start(in: federation, sites: [beta, gamma])
            var flood: [RawConnection] = []
            for _ in 0..<100 {
                flood.append(try await .open(port: federation.servicePort, nil))
            }
            let empty = ContentDigest.value(of: SHA256.hash(data: [UInt8]()))
            var own: [RawConnection] = []
            for _ in 0..<12 {
                let connection = try await dial(federation, alpha)
                connection.send(try alpha.head("GET", "/v1/hello", empty) + "\r\n")
                while connection.soFar.isEmpty, connection.isOpen { await Task.yield() }
                own.append(connection)
            }
            for site in [beta, gamma] { try await run.approve(site) }
            for site in [beta, gamma] { try await run.send(1, from: site, round: .first) }
            #expect(try await run.scoring(of: beta).modelBytes > 0)
            for connection in own.prefix(12 - Self.quick.ofCertificateMax) {
                _ = await connection.answer()
            }
            #expect(own.filter(\.isOpen).count == Self.quick.ofCertificateMax)
            let newest = own.suffix(Self.quick.ofCertificateMax).filter(\.isOpen).count
            #expect(newest == Self.quick.ofCertificateMax, "the newest stay")
            #expect(flood.filter(\.isOpen).count <= Self.quick.strangersMax)
            for connection in flood + own { connection.close() }
        }
    }

    @Test(.enabled(if: CoordinatorProcess.isBuilt, "skipped: fedcoordinator is not built"))
    func `under attack the coordinator's memory stays bounded`() async throws {
        let (service, enrolment) = (try await LoopbackPort.free(), try await LoopbackPort.free())
        let folder = try TestFederation.makeFolder(
            servicePort: service,
            enrolmentPort: enrolment
        )
        defer { try? FileManager.default.removeItem(at: folder.root) }
        try await CoordinatorProcess.serving(folder, port: service) { process in
            try await TestFederation.beside(folder, service: service, enrolment: enrolment) {
                federation in
                let site = try await federation.enrolledSite("alpha")
                let before = process.peakMebibytes
                let head = "PUT /v1/site HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n10000\r\n"
                var attack: [RawConnection] = []
                for _ in 0..<200 {
                    let stranger = try await RawConnection.open(port: service, nil)
                    _ = await stranger.sent(ByteBuffer(repeating: 0x16, count: 4096))
                    attack.append(stranger)
                }
                for _ in 0..<24 {
                    let connection = try await dial(federation, site)
                    _ = await connection.sent(
                        ByteBuffer(string: head + String(repeating: " ", count: 65_536) + "\r\n")
                    )
                    attack.append(connection)
                }
                for connection in attack.suffix(8) {
                    var sent = 0
                    var chunk = ByteBuffer(string: "100000\r\n")
                    chunk.writeRepeatingByte(0x20, count: 1 << 20)
                    chunk.writeString("\r\n")
                    while sent < 16, await connection.sent(chunk) { sent += 1 }
                }
                let grown = process.peakMebibytes - before
                #expect(grown <= 64, "\(grown) MiB more than idle")
                for connection in attack { connection.close() }
            }
        }
    }
}
