import AsyncHTTPClient
import Federation
package import Foundation
import Identity
import NIOCore
import NIOHTTP1
import SiteStore
import WireProtocol

/// The site's only way out: sends the messages of Protocol.md over mutually authenticated TLS, each recorded in the ledger first.
package struct CoordinatorClient: Sendable {
    let connection: SiteConnection
    let address: CoordinatorAddress
    private let allowList: EgressAllowList
    private let ledger: any EgressLedger
    private let backoff: Backoff
    let schedule: SiteSchedule

    /// Sends through connections that present the site's certificate.
    init(
        connection: SiteConnection,
        address: CoordinatorAddress,
        allowList: EgressAllowList,
        ledger: any EgressLedger,
        schedule: SiteSchedule = .unlimited,
        backoff: Backoff = .standard
    ) {
        self.connection = connection
        self.address = address
        self.allowList = allowList
        self.ledger = ledger
        self.schedule = schedule
        self.backoff = backoff
    }

    /// Runs `body` with a client for an enrolled site, whose connections are closed afterwards.
    package static func connected<Result: Sendable>(
        to enrolment: SiteEnrolment,
        folder: SiteFolder,
        allowList: EgressAllowList,
        ledger: any EgressLedger,
        schedule: SiteSchedule = .unlimited,
        patience: Patience = .standard,
        now: @escaping @Sendable () -> Date = { Date() },
        _ body: (CoordinatorClient) async throws -> Result
    ) async throws -> Result {
        let connection = try SiteConnection(
            credentials: try PartyCredentials(from: folder.identity),
            root: folder.federationRoot,
            address: enrolment.coordinator,
            patience: patience,
            now: now
        )
        do {
            let result = try await body(
                CoordinatorClient(
                    connection: connection,
                    address: enrolment.coordinator,
                    allowList: allowList,
                    ledger: ledger,
                    schedule: schedule
                )
            )
            try await connection.shutdown()
            return result
        } catch {
            try await connection.shutdown()
            throw error
        }
    }

    /// A message on its way.
    struct Message: Sendable {
        let endpoint: Endpoint
        let path: String
        var body = MessageBody.none
        var headers: [(String, String)] = []
        var plan: SHA256Digest?
        /// The names of the tensors in a file that is announced.
        var tensors: [String]?
        /// Seconds that the coordinator may take for its answer, beyond those of the way.
        var waitingSeconds = 0
        var isRetried = true
    }

    /// What came back of a message.
    struct Answer: Sendable {
        let status: Int
        let body: [UInt8]
    }

    /// Sends a message and returns status and body; retries what the protocol lets it retry.
    ///
    /// - Parameters:
    ///   - message: what is sent, recorded in the ledger before each attempt.
    ///   - receive: takes the body of an answer; by default it is collected.
    /// - Returns: the answer, whose status is below 400.
    /// - Throws: ``AgentError``; `tryAgain` when the coordinator cannot be reached.
    func send(
        _ message: Message,
        receive: @Sendable (HTTPClientResponse) async throws -> [UInt8] = body
    ) async throws -> Answer {
        var failure: any Error = AgentError(.unavailable, "nothing was sent")
        for attempt in 1...(message.isRetried ? Limits.attemptsMax : 1) {
            do {
                try await admit(message)
                try await greet(before: message)
                let answer = try await sendOnce(message, receive)
                guard
                    let error = EgressFailure(
                        answer,
                        to: message.endpoint,
                        at: connection.now()
                    )
                else { return answer }
                guard error.isRetryable else { throw error.agentError }
                failure = error.agentError
                if error.entry == .staleBoot {
                    connection.note(.unknown)
                    continue
                }
            } catch let error as AgentError where error.code != .tryAgain {
                throw error
            } catch is CancellationError {
                throw CancellationError()
            } catch let error as AgentError {
                failure = error
            } catch let error where TLSRefusal.isOfCertificates(error) {
                throw TLSRefusal.agentError(at: address)
            } catch {
                failure = AgentError(
                    .tryAgain,
                    "the coordinator at \(address) did not answer \(message.endpoint.rawValue)",
                    hint: "check that the coordinator runs and that port \(address.port) is open"
                        + " (\(type(of: error)))"
                )
            }
            if attempt < Limits.attemptsMax, message.isRetried {
                try await Task.sleep(for: backoff.delay(attempt: attempt))
            }
        }
        throw failure
    }

    private func sendOnce(
        _ message: Message,
        _ receive: @Sendable (HTTPClientResponse) async throws -> [UInt8]
    ) async throws -> Answer {
        try await ledger.append(
            EgressRecord(
                at: Date(),
                kind: message.endpoint.rawValue,
                bytes: message.body.bytes.readableBytes,
                sha256: message.body.sha256.rawValue,
                recipient: address.description,
                plan: message.plan?.rawValue
            )
        )
        return try await connection.request { generation in
            var request = HTTPClientRequest(url: "https://\(address)\(message.path)")
            request.method = .RAW(value: message.endpoint.method)
            for (name, value) in message.headers { request.headers.add(name: name, value: value) }
            try sign(&request, message, by: generation.signer)
            request.body = message.body.requestBody(at: schedule.up)
            let response = try await generation.http.execute(
                request,
                timeout: connection.patience.timeout(
                    sending: message.body.bytes.readableBytes,
                    waiting: message.waitingSeconds
                )
            )
            let encoding = response.headers.first(name: "Content-Encoding") ?? "identity"
            guard encoding.lowercased() == "identity" else {
                throw AgentError(
                    .failed,
                    "the answer to \(message.endpoint.rawValue) is compressed (\(encoding))",
                    hint: "something on the way changes answers: ask for a way around it"
                )
            }
            return Answer(
                status: Int(response.status.code),
                body: try await receive(response)
            )
        }
    }

    /// Digest and signature of Protocol.md section 3.2.
    private func sign(
        _ request: inout HTTPClientRequest,
        _ message: Message,
        by signer: RequestSigner?
    ) throws {
        guard let signer else { return }
        let digest = ContentDigest.value(of: message.body.sha256)
        var generator = SystemRandomNumberGenerator()
        let fields = try signer.sign(
            SignedRequest(
                method: message.endpoint.method,
                target: message.path,
                contentDigest: digest
            ),
            boot: connection.boot,
            at: connection.now(),
            using: &generator
        )
        request.headers.add(name: ContentDigest.name, value: digest)
        request.headers.add(name: "Signature-Input", value: fields.input)
        request.headers.add(name: "Signature", value: fields.signature)
    }

    /// Asks for the coordinator's boot where it is not known; the answer's is noted by `hello`.
    private func greet(before message: Message) async throws {
        guard connection.boot == .unknown, message.endpoint != .hello, message.endpoint != .enrol
        else { return }
        _ = try await hello(isRetried: false)
    }

    /// Lets a message out, or records and says why not.
    private func admit(_ message: Message) async throws {
        guard let reason = try await allowList.refusal(message, at: connection.now()) else {
            return
        }
        let kind = message.endpoint.rawValue
        try await ledger.recordRefusal(of: kind, plan: message.plan?.rawValue, reason: reason)
        throw AgentError(
            reason == EgressAllowList.closedHours ? .unavailable : .refusedByPolicy,
            "\(kind) was not sent: \(reason)",
            hint:
                "only what Protocol.md lists leaves, and results only as policy.yaml says and under a"
                + " plan that this site approved; `fedagent audit list --act egress.refuse` shows what"
                + " was held back"
        )
    }

    /// Collects a body up to the size of the largest document.
    static let body: @Sendable (HTTPClientResponse) async throws -> [UInt8] = { response in
        let body = try await response.body.collect(upTo: Limits.documentBytesMax)
        return Array(body.readableBytesView)
    }
}
