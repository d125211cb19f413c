import AuditLog
import AuditedDatabase
import CoordinatorServer
import CoordinatorStore
import Federation
import Foundation
import JWTKit
import NIOConcurrencyHelpers
import Testing
import WireProtocol

/// Protocol.md section 5.16 against a provider of the test's own.
@Suite struct SignInTests {
    /// A clock that the test moves.
    private final class Clock: Sendable {
        private let ahead = NIOLockedValueBox(0.0)
        var now: Date { Date().addingTimeInterval(ahead.withLockedValue { $0 }) }
        func move(by seconds: Double) { ahead.withLockedValue { $0 += seconds } }
    }

    private static func serving(
        approvals: Int = 1,
        _ body: (TestFederation, LocalIssuer, Clock) async throws -> Void
    ) async throws {
        let clock = Clock()
        try await LocalIssuer.running { issuer in
            let folder = try TestFederation.makeFolder(
                approvals: approvals,
                provider: issuer.provider
            )
            defer { try? FileManager.default.removeItem(at: folder.root) }
            try await TestFederation.serving(folder, now: { clock.now }) { federation in
                try await body(federation, issuer, clock)
            }
        }
    }

    @Test func `who is tied to an account signs in, reads what the role allows, and signs out`()
        async throws
    {
        try await Self.serving { federation, issuer, _ in
            let site = try await federation.enrolledSite("alpha")
            let own = try await TestRun.start(in: federation, sites: [site])
            let foreign = try await TestRun.start(in: federation, sites: [site], rounds: 2)
            try await federation.tie("subject-1", to: "lee", .researcher, plans: [own.plan])
            var person = try await federation.peoplePort()
            let session = try await person.signIn(at: issuer)
            #expect(session.party == "fed://test-federation/researcher/lee")
            let list = try await person.send("GET", "/v1/runs").decoded(RunList.self)
            #expect(list.runs.map(\.id) == [own.id.rawValue])
            #expect(try await person.send("GET", "/v1/runs/\(foreign.id)").code == "not-found")
            #expect(try await person.send("GET", "/v1/audit").code == "forbidden-role")
            #expect(try await person.send("DELETE", "/v1/session").status == 204)
            #expect(try await person.send("GET", "/v1/runs").code == "sign-in-required")
            let acts = try await federation.operations.store.auditRecords().map(\.entry)
            #expect(acts.contains { $0.act == .personSignIn && $0.actor.id == "lee" })
            #expect(acts.contains { $0.act == .personSignOut && $0.actor.id == "lee" })
            let subjects = acts.contains { "\($0)".contains("subject-1") }
            #expect(!subjects, "what the provider calls somebody is in no log")
        }
    }

    @Test func `every claim and every header is checked, and each failure has the same answer`()
        async throws
    {
        try await Self.serving { federation, issuer, clock in
            try await federation.tie("subject-1", to: "lee", .researcher)
            let person = try await federation.peoplePort()
            let stranger = ES256PrivateKey()
            let now = clock.now.timeIntervalSince1970
            func nonce() async throws -> String { try await person.offer().nonce }
            var bad: [(String, String)] = []
            func add(_ name: String, _ change: (inout LocalIssuer.Claims) -> Void) async throws {
                bad.append((name, try await issuer.token(nonce: try await nonce(), change)))
            }
            try await add("issuer") { $0.iss = "https://other.example" }
            try await add("audience") { $0.aud = "another-client" }
            try await add("two audiences") {
                $0.aud = AudienceClaim(value: ["federated-head-ct", "another-client"])
            }
            try await add("authorized party") { $0.azp = "another-client" }
            try await add("expired by 61 s") { $0.exp = now - 61 }
            try await add("issued in the future") { $0.iat = now + 120 }
            try await add("not valid yet") { $0.nbf = now + 120 }
            try await add("somebody nobody knows") { $0.sub = "subject-2" }
            try await add("another nonce") { $0.nonce = String(repeating: "0", count: 80) }
            try await add("no nonce") { $0.nonce = nil }
            bad.append(
                ("another key", try await issuer.token(nonce: try await nonce(), by: stranger))
            )
            let good = try await issuer.token(nonce: try await nonce())
            for (name, header) in [
                ("no algorithm", #"{"alg":"none","kid":"first"}"#),
                ("symmetric", #"{"alg":"HS256","kid":"first"}"#),
                ("other algorithm than the key's", #"{"alg":"RS256","kid":"first"}"#),
                ("unknown key", #"{"alg":"ES256","kid":"another"}"#),
                ("no key", #"{"alg":"ES256"}"#),
                ("critical extension", #"{"alg":"ES256","kid":"first","crit":["b64"]}"#),
            ] {
                bad.append((name, good.header(header)))
            }
            bad.append(("cut", String(good.dropLast(2))))
            bad.append(("no token", "a.b"))
            bad.append(("long", String(repeating: "a", count: 20_000)))
            for (name, token) in bad {
                let answer = try await person.open(token)
                #expect(answer.code == "sign-in-refused", "\(name): \(answer.code ?? "")")
            }
            #expect(try await person.open(good).status == 200, "after all of these")
            #expect(try await person.open(good).code == "sign-in-refused", "once")
        }
    }

    @Test func `the clocks may differ by a minute, a nonce is good for ten`() async throws {
        try await Self.serving { federation, issuer, clock in
            try await federation.tie("subject-1", to: "lee", .auditor, everything: true)
            let person = try await federation.peoplePort()
            let nonce = try await person.offer().nonce
            let late = try await issuer.token(nonce: nonce) {
                $0.exp = clock.now.timeIntervalSince1970 - 50
            }
            #expect(try await person.open(late).status == 200)
            let old = try await person.offer().nonce
            clock.move(by: 660)
            let token = try await issuer.token(nonce: old, at: clock.now)
            #expect(try await person.open(token).code == "sign-in-refused")
        }
    }

    @Test func `a session ends when it is idle for 15 minutes, after 8 hours, and by revocation`()
        async throws
    {
        try await Self.serving { federation, issuer, clock in
            try await federation.tie("subject-1", to: "lee", .researcher, everything: true)
            var person = try await federation.peoplePort()
            _ = try await person.signIn(at: issuer, now: clock.now)
            for _ in 0..<3 {
                clock.move(by: 800)
                #expect(try await person.send("GET", "/v1/runs").status == 200)
            }
            clock.move(by: 901)
            #expect(try await person.send("GET", "/v1/runs").code == "sign-in-required")
            _ = try await person.signIn(at: issuer, now: clock.now)
            for _ in 0..<33 {
                clock.move(by: 870)
                _ = try await person.send("GET", "/v1/runs")
            }
            clock.move(by: 200)
            #expect(try await person.send("GET", "/v1/runs").code == "sign-in-required")
            _ = try await person.signIn(at: issuer, now: clock.now)
            try await federation.operations.store.revokePerson("lee")
            #expect(try await person.send("GET", "/v1/runs").code == "site-not-active")
        }
    }

    @Test func `keys are kept through an outage for a day, and a rotated key is found`()
        async throws
    {
        try await Self.serving { federation, issuer, clock in
            try await federation.tie("subject-1", to: "lee", .researcher)
            var person = try await federation.peoplePort()
            _ = try await person.signIn(at: issuer)
            #expect(issuer.timesAsked == 1)
            issuer.setOut(true)
            clock.move(by: 7200)
            _ = try await person.signIn(at: issuer, now: clock.now)
            clock.move(by: 86_400)
            #expect(try await person.send("GET", "/v1/session").code == "busy")
            issuer.setOut(false)
            clock.move(by: 61)
            _ = try await person.signIn(at: issuer, now: clock.now)
            issuer.rotate(to: "second")
            clock.move(by: 61)
            _ = try await person.signIn(at: issuer, now: clock.now)
            let before = issuer.timesAsked
            for _ in 0..<5 {
                let token = try await issuer.token(nonce: nil)
                _ = try await person.open(token.header(#"{"alg":"ES256","kid":"third"}"#))
            }
            #expect(issuer.timesAsked - before <= 1, "strangers cannot make it ask again and again")
        }
    }

    @Test func `where two operators approve, one alone ties nobody to an account`() async throws {
        try await Self.serving(approvals: 2) { federation, issuer, _ in
            func tie(by name: String) async throws -> Int {
                try await federation.operations.tie(
                    subject: "subject-1",
                    to: CertificateHolder(.operator, "lee"),
                    plans: [],
                    wholeFederation: true,
                    by: name
                )
            }
            var person = try await federation.peoplePort()
            #expect(try await tie(by: "anna") == 1)
            #expect(try await tie(by: "anna") == 1, "the same operator again is no second one")
            let token = try await issuer.token(nonce: try await person.offer().nonce)
            #expect(try await person.open(token).code == "sign-in-refused")
            #expect(try await tie(by: "bert") == 0)
            _ = try await person.signIn(at: issuer)
            #expect(try await person.send("GET", "/v1/audit").status == 200)
        }
    }
}

extension String {
    /// A token with another header; its signature is what it was.
    fileprivate func header(_ json: String) -> String {
        let text = Data(json.utf8).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        return ([text] + split(separator: ".").dropFirst().map(String.init)).joined(separator: ".")
    }
}

/// A person at the people's port.
struct PeoplePort {
    var wire: TestSite
    var token: String?

    func send(_ method: String, _ path: String, _ body: [UInt8] = []) async throws
        -> TestSite.Answer
    {
        let headers = token.map { [("Authorization", "Bearer \($0)")] } ?? []
        return try await wire.send(method, path, body, headers: headers)
    }

    func offer() async throws -> SignInOffer {
        try await send("GET", "/v1/session").decoded(SignInOffer.self)
    }

    func open(_ token: String) async throws -> TestSite.Answer {
        try await send("POST", "/v1/session", try WireCodec.encode(SignIn(idToken: token)))
    }

    mutating func signIn(at issuer: LocalIssuer, now: Date = Date()) async throws -> Session {
        let token = try await issuer.token(nonce: try await offer().nonce, at: now)
        let session = try await open(token).decoded(Session.self)
        self.token = session.token
        return session
    }
}

extension TestFederation {
    func peoplePort() async throws -> PeoplePort {
        PeoplePort(
            wire: TestSite(
                id: try SiteID(validating: "person"),
                http: try client(),
                port: try await ports.people
            )
        )
    }

    func tie(
        _ subject: String,
        to id: String,
        _ role: CertificateHolder.Kind,
        plans: [SHA256Digest] = [],
        everything: Bool = false
    ) async throws {
        _ = try await operations.tie(
            subject: subject,
            to: CertificateHolder(role, id),
            plans: plans,
            wholeFederation: everything,
            by: "test"
        )
    }
}
