import CanonicalJSON
import CoordinatorServer
import CoordinatorStore
import Federation
import Foundation
import Identity
import Logging
import Testing
import WireProtocol

/// Role × message × object: who may send what about whose.
///
/// Every message of the protocol has a row, since the
/// compiler asks for one, and every route is a message, since the routers are asked.
@Suite struct AuthorizationMatrixTests {
    /// Whose object a request is about.
    private enum Object: CaseIterable { case own, foreign, unknown }

    /// Who sends it.
    private enum Sender: Hashable, CaseIterable {
        /// A site in the run, and one that is not.
        case member, stranger, revoked
        /// People with certificates: members of the plan, of nothing, of the whole federation.
        case operatorOfPlan, operatorOfNothing, operatorOfAll
        case researcherOfPlan, researcherOfNothing, researcherOfAll
        case auditorOfPlan, auditorOfNothing, auditorOfAll

        var isSite: Bool { self == .member || self == .stranger }

        var seesFederation: Bool {
            [.operatorOfAll, .researcherOfAll, .auditorOfAll].contains(self)
        }

        var seesPlan: Bool {
            [.operatorOfPlan, .researcherOfPlan, .auditorOfPlan].contains(self) || seesFederation
        }

        var role: CertificateHolder.Kind? {
            switch self {
            case .member, .stranger, .revoked: nil
            case .operatorOfPlan, .operatorOfNothing, .operatorOfAll: .operator
            case .researcherOfPlan, .researcherOfNothing, .researcherOfAll: .researcher
            case .auditorOfPlan, .auditorOfNothing, .auditorOfAll: .auditor
            }
        }
    }

    /// What the answer must be.
    private enum Expected: Hashable {
        /// Anything but a refusal of the sender.
        case admitted
        case refused(String)

        func holds(for answer: TestSite.Answer) -> Bool {
            switch self {
            case .refused(let code): answer.code == code
            case .admitted:
                ![
                    "forbidden-role", "forbidden-site", "not-found", "site-not-active",
                    "certificate-required", "sign-in-required",
                ].contains(answer.code ?? "")
            }
        }
    }

    /// The rule of a message at the service port.
    private static func expected(
        _ endpoint: Endpoint,
        _ sender: Sender,
        _ object: Object
    ) -> Expected {
        if sender == .revoked { return .refused("site-not-active") }
        let isSeen = object == .own
        switch endpoint {
        case .enrol, .beginSignIn, .openSession, .closeSession: return .refused("not-found")
        case .hello, .renewCertificate: return .admitted
        case .describeSite, .nextWork, .progress, .exchangeCheckpoints:
            return sender.isSite ? .admitted : .refused("forbidden-role")
        case .fetchPlan, .answerPlan, .fetchBlob, .putPart, .closeUpload, .contribute,
            .reportFailure, .reportMetrics:
            guard sender.isSite else { return .refused("forbidden-role") }
            return sender == .member && isSeen ? .admitted : .refused("not-found")
        case .openUpload:
            guard sender.isSite else { return .refused("forbidden-role") }
            // An upload is the site's own whatever its digest; who is in no round has nothing to upload.
            return sender == .member ? .admitted : .refused("too-large")
        case .listRuns: return sender.isSite ? .refused("forbidden-role") : .admitted
        case .showRun, .compareRun:
            let mayCompare = sender.role == .operator || sender.role == .researcher
            guard !sender.isSite, endpoint == .showRun || mayCompare else {
                return .refused("forbidden-role")
            }
            let isVisible =
                object == .own ? sender.seesPlan : object == .foreign && sender.seesFederation
            return isVisible ? .admitted : .refused("not-found")
        case .exportAudit:
            guard sender.role == .operator || sender.role == .auditor else {
                return .refused("forbidden-role")
            }
            return sender.seesFederation ? .admitted : .refused("not-found")
        }
    }

    /// What the requests are about.
    private struct Objects {
        let run: RunID
        /// A run of the same plan that has a final model.
        let completed: RunID
        let plan: SHA256Digest
        let blob: SHA256Digest
        let upload: SHA256Digest
    }

    @Test func `every sender gets what the matrix says, for every message and every object`()
        async throws
    {
        try await TestFederation.serving { federation in
            var sites: [Sender: TestSite] = [
                .member: try await federation.enrolledSite("alpha"),
                .stranger: try await federation.enrolledSite("beta"),
                .revoked: try await federation.enrolledSite("gamma"),
            ]
            let other = try await federation.enrolledSite("delta")
            let member = try #require(sites[.member])
            let own = try await Self.running(in: federation, member, rounds: 1)
            let foreign = try await Self.running(in: federation, other, rounds: 2)
            for sender in Sender.allCases {
                guard let role = sender.role else { continue }
                sites[sender] = try await federation.person(
                    "\(sender)".lowercased(),
                    role,
                    plans: sender.seesPlan && !sender.seesFederation ? [own.plan] : [],
                    everything: sender.seesFederation
                )
            }
            try await federation.operations.store.revoke(try SiteID(validating: "gamma"))
            let unknown = Objects(
                run: try RunID(validating: "run-0000000000000000"),
                completed: try RunID(validating: "run-0000000000000001"),
                plan: SHA256Digest(hashing: [0]),
                blob: SHA256Digest(hashing: [1]),
                upload: SHA256Digest(hashing: [2])
            )
            for endpoint in Endpoint.allCases {
                for sender in Sender.allCases {
                    let wire = try #require(sites[sender])
                    for (object, objects) in [
                        (Object.own, own), (.foreign, foreign), (.unknown, unknown),
                    ] {
                        let answer = try await Self.send(endpoint, about: objects, from: wire)
                        let expected = Self.expected(endpoint, sender, object)
                        let name = "\(endpoint) of \(sender) about \(object)"
                        #expect(
                            expected.holds(for: answer),
                            "\(name): \(answer.status) \(answer.code ?? "")"
                        )
                    }
                }
            }
        }
    }

    /// Begins a run of one site, up to its first round, with an upload open.
    private static func running(
        in federation: TestFederation,
        _ site: TestSite,
        rounds: Int
    ) async throws -> Objects {
        // Another model than that of a plan with other rounds.
        let elements = 8 * rounds
        let completed = try await TestRun.start(
            in: federation,
            sites: [site],
            elements: elements,
            rounds: rounds
        )
        try await completed.approve(site)
        for number in 1...rounds {
            let round = try #require(RoundNumber(rawValue: number))
            _ = try await completed.training(of: site)
            try await completed.send(0.5, from: site, round: round)
        }
        let scoring = try await completed.scoring(of: site)
        _ = try await completed.report(scoring.modelSHA256, from: site)
        let run = try await TestRun.start(
            in: federation,
            sites: [site],
            elements: elements,
            rounds: rounds
        )
        let work = try await training(of: site, in: run)
        let bytes = try run.delta(Float(rounds))
        let digest = SHA256Digest(hashing: bytes)
        _ = try await site.send(
            .openUpload,
            Endpoint.openUpload.path(digest),
            OpenUpload(bytes: bytes.count)
        )
        _ = try await site.put(part: 0, of: digest, bytes)
        return Objects(
            run: run.id,
            completed: completed.id,
            plan: run.plan,
            blob: work.modelSHA256,
            upload: digest
        )
    }

    /// The assignment of a run, whose plan is approved again if it is asked for.
    private static func training(of site: TestSite, in run: TestRun) async throws -> Work.Training {
        for _ in 0..<20 {
            switch try await site.work(waiting: 5) {
            case .train(let work): return work
            case .reviewPlan: try await run.approve(site)
            default: continue
            }
        }
        throw CancellationError()
    }

    private static func send(
        _ endpoint: Endpoint,
        about objects: Objects,
        from wire: TestSite
    ) async throws -> TestSite.Answer {
        let round = try #require(RoundNumber(rawValue: 1))
        func call(_ path: String, _ body: [UInt8] = []) async throws -> TestSite.Answer {
            do {
                return try await wire.send(endpoint.method, path, body)
            } catch {
                // The connection of a revoked site is closed under its first request.
                return try await wire.send(endpoint.method, path, body)
            }
        }
        switch endpoint {
        case .fetchPlan, .answerPlan:
            return try await call(
                endpoint.path(objects.plan),
                endpoint == .fetchPlan
                    ? []
                    : try WireCodec.encode(
                        PlanAnswer(decision: .approved, by: "policy", exams: 10, positiveExams: 5)
                    )
            )
        case .fetchBlob: return try await call(endpoint.path(objects.blob))
        case .openUpload:
            return try await call(
                endpoint.path(SHA256Digest(hashing: Array(objects.upload.rawValue.utf8))),
                try WireCodec.encode(OpenUpload(bytes: 10))
            )
        case .putPart: return try await call(endpoint.path(objects.upload, part: 0), [1, 2, 3])
        case .closeUpload: return try await call(endpoint.path(objects.upload))
        case .contribute:
            return try await call(
                endpoint.path(objects.run, round: round),
                try WireCodec.encode(contribution(of: objects.upload))
            )
        case .reportFailure:
            return try await call(
                endpoint.path(objects.run, round: round),
                try WireCodec.encode(FailureReport(reason: "matrix", message: "a test"))
            )
        case .reportMetrics:
            return try await call(
                endpoint.path(objects.run),
                try WireCodec.encode(
                    MetricsReport(modelSHA256: objects.blob, metrics: .object([:]))
                )
            )
        case .showRun, .compareRun: return try await call(endpoint.path(objects.completed))
        default: return try await call(endpoint.template)
        }
    }

    private static func contribution(of delta: SHA256Digest) -> ContributionRequest {
        ContributionRequest(
            deltaSHA256: delta,
            bytes: 10,
            examples: 1,
            meanLoss: 0.5,
            exams: 1,
            positiveExams: 1,
            trainSeconds: 1,
            engine: .init(name: "none", version: "0", isa: "none", threads: 1)
        )
    }

    @Test func `every route of every port is a message of the protocol, and nothing else is`()
        throws
    {
        let folder = try TestFederation.makeFolder(
            provider: IdentityProvider(issuer: "https://issuer.example", clientID: "test")
        )
        defer { try? FileManager.default.removeItem(at: folder.root) }
        let routes = try CoordinatorService(
            folder: folder,
            softwareVersion: "test",
            logger: Logger(label: "test")
        ).routes()
        let known = Set(Endpoint.allCases.map { "\($0.method) \($0.template)" })
        #expect(Set(routes.map(Self.asInTheTable)) == known)
    }

    /// `GET /v1/runs/{run}` as the protocol writes it.
    private static func asInTheTable(_ route: String) -> String {
        route.replacing(/[:{]([a-z0-9]+)\}?/) { "<\($0.output.1)>" }
    }
}
