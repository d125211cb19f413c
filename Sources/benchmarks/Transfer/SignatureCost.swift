import AsyncHTTPClient
import Crypto
import Foundation
import Hummingbird
import HummingbirdTLS
import Identity
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import SiteAgent
import WireProtocol

/// The same requests with and without the signature of Protocol.md section 3.2, in turn.
///
/// Client and server are those of the federation's programs, in one process; the server's only work
/// is to count the body and, of a signed request, to verify the signature and that it is new.
struct SignatureCost {
    /// What was measured.
    struct Result: Encodable {
        let plainMicroseconds: Double
        let signedMicroseconds: Double
        /// Signed by plain, for a request without a body.
        let requestRatio: Double
        /// The same for a part of 8 MiB.
        let partRatio: Double

        private enum CodingKeys: String, CodingKey {
            case plainMicroseconds = "plain_us"
            case signedMicroseconds = "signed_us"
            case requestRatio = "request_ratio"
            case partRatio = "part_ratio"
        }
    }

    private static let rounds = 11
    private static let requestsPerRound = 200
    private static let partsPerRound = 8

    private let parties: BenchmarkTLS
    private let gate: BenchmarkGate
    private let signer: RequestSigner

    init(parties: BenchmarkTLS) {
        self.parties = parties
        let key = P256.Signing.PrivateKey()
        gate = BenchmarkGate(key: key.publicKey)
        signer = RequestSigner(key: key, fingerprint: String(repeating: "ab", count: 32))
    }

    /// Measures in turn; the medians of the rounds are the result.
    func measure() async throws -> Result {
        let port = MultiThreadedEventLoopGroup.singleton.next().makePromise(of: Int.self)
        let server = Application(
            router: router(),
            server: try .tls(tlsConfiguration: parties.server),
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.succeed($0.localAddress?.port ?? 0) },
            logger: Logger(label: "signatures", factory: { _ in SwiftLogNoOpLogHandler() })
        )
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await server.runService(gracefulShutdownSignals: []) }
            let result = try await compare(port: try await port.futureResult.get())
            tasks.cancelAll()
            return result
        }
    }

    private func router() -> Router<BasicRequestContext> {
        let router = Router()
        let gate = gate
        router.put("/plain") { request, _ in try await Self.count(request) }
        router.put("/signed") { request, _ in
            try gate.admit(request)
            return try await Self.count(request)
        }
        return router
    }

    private static func count(_ request: Request) async throws -> Response {
        var bytes = 0
        for try await buffer in request.body { bytes += buffer.readableBytes }
        return Response(status: bytes >= 0 ? .noContent : .badRequest)
    }

    private func compare(port: Int) async throws -> Result {
        let client = try ClientTLS.httpClient(
            parties.client,
            to: CoordinatorAddress(host: "127.0.0.1", port: port)
        )
        let address = "https://127.0.0.1:\(port)"
        let part = ByteBuffer(repeating: 7, count: Limits.partBytes)
        var requests: (plain: [Double], signed: [Double]) = ([], [])
        var parts: (plain: [Double], signed: [Double]) = ([], [])
        do {
            for _ in 0..<Self.rounds {
                let count = Self.requestsPerRound
                requests.plain.append(try await seconds(client, address, signed: false, count, nil))
                requests.signed.append(try await seconds(client, address, signed: true, count, nil))
                let few = Self.partsPerRound
                parts.plain.append(try await seconds(client, address, signed: false, few, part))
                parts.signed.append(try await seconds(client, address, signed: true, few, part))
            }
        } catch {
            try await client.shutdown()
            throw error
        }
        try await client.shutdown()
        let (plain, signed) = (Self.median(requests.plain), Self.median(requests.signed))
        return Result(
            plainMicroseconds: plain * 1e6,
            signedMicroseconds: signed * 1e6,
            requestRatio: signed / plain,
            partRatio: Self.median(parts.signed) / Self.median(parts.plain)
        )
    }

    private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    /// Seconds a request, one after the other.
    private func seconds(
        _ client: HTTPClient,
        _ address: String,
        signed: Bool,
        _ count: Int,
        _ body: ByteBuffer?
    ) async throws -> Double {
        let path = signed ? "/signed" : "/plain"
        let start = ContinuousClock.now
        for _ in 0..<count {
            var request = HTTPClientRequest(url: address + path)
            request.method = .PUT
            if let body { request.body = .bytes(body) }
            if signed { try sign(&request, path) }
            let response = try await client.execute(request, timeout: .seconds(30))
            guard response.status == .noContent else {
                throw BenchmarkFailure("a request was answered \(response.status)")
            }
            for try await _ in response.body {}
        }
        return (ContinuousClock.now - start) / .seconds(1) / Double(count)
    }

    /// Adds the signature over a digest that both kinds of requests would have.
    private func sign(_ request: inout HTTPClientRequest, _ path: String) throws {
        var generator = SystemRandomNumberGenerator()
        let fields = try signer.sign(
            SignedRequest(method: "PUT", target: path, contentDigest: ContentDigest.ofNothing),
            boot: gate.boot,
            at: Date(),
            using: &generator
        )
        request.headers.add(name: ContentDigest.name, value: ContentDigest.ofNothing)
        request.headers.add(name: "Signature-Input", value: fields.input)
        request.headers.add(name: "Signature", value: fields.signature)
    }
}
