import CoordinatorServer
import CoordinatorStore
import Federation
import Foundation
import Testing
import WireProtocol

/// Protocol.md section 5.13: every role, every message, own and foreign objects.
@Suite struct PeopleTests {
    private struct Reader: Sendable {
        let name: String
        let wire: TestSite
        /// What it may send, and whether it is a member of the first plan.
        let mayCompare: Bool
        let mayExport: Bool
        let seesEverything: Bool
    }

    private static func readers(
        _ federation: TestFederation,
        member: SHA256Digest
    ) async throws -> [Reader] {
        var readers: [Reader] = []
        for (role, compare, export) in [
            (CertificateHolder.Kind.operator, true, true), (.researcher, true, false),
            (.auditor, false, true),
        ] {
            for everything in [false, true] {
                let name = "\(role.rawValue)-\(everything ? "all" : "one")"
                readers.append(
                    Reader(
                        name: name,
                        wire: try await federation.person(
                            name,
                            role,
                            plans: everything ? [] : [member],
                            everything: everything
                        ),
                        mayCompare: compare,
                        mayExport: export,
                        seesEverything: everything
                    )
                )
            }
        }
        return readers
    }

    @Test func `a person reads what its role and membership allow, and nothing else exists`()
        async throws
    {
        try await TestFederation.serving { federation in
            let site = try await federation.enrolledSite("alpha")
            let own = try await TestRun.start(in: federation, sites: [site])
            let foreign = try await TestRun.start(in: federation, sites: [site], rounds: 2)
            let unknown = try RunID(validating: "run-0000000000000000")
            for reader in try await Self.readers(federation, member: own.plan) {
                let list = try await reader.wire.send("GET", "/v1/runs").decoded(RunList.self)
                let visible = reader.seesEverything ? [own.id, foreign.id] : [own.id]
                #expect(list.runs.map(\.id) == visible.map(\.rawValue), "\(reader.name)")
                for run in [own.id, foreign.id, unknown] {
                    try await Self.expectAnswers(reader, run, isVisible: visible.contains(run))
                }
                let audit = try await reader.wire.send("GET", "/v1/audit")
                let expected = !reader.mayExport ? 403 : reader.seesEverything ? 200 : 404
                #expect(audit.status == expected, "\(reader.name)")
                if audit.status == 200 {
                    #expect(audit.body.starts(with: Array("fed-audit-bundle/1 ".utf8)))
                }
            }
        }
    }

    private static func expectAnswers(
        _ reader: Reader,
        _ run: RunID,
        isVisible: Bool
    ) async throws {
        let shown = try await reader.wire.send("GET", "/v1/runs/\(run)")
        #expect(shown.status == (isVisible ? 200 : 404), "\(reader.name) \(run)")
        // The runs of this test have no final model, so that a comparison is never there.
        let compared = try await reader.wire.send("GET", "/v1/runs/\(run)/comparison")
        #expect(compared.status == (reader.mayCompare ? 404 : 403), "\(reader.name) \(run)")
    }

    @Test func `people send no message of sites, and sites none of people`() async throws {
        try await TestFederation.serving { federation in
            let site = try await federation.enrolledSite("alpha")
            let digest = String(repeating: "0", count: 64)
            let sites: [(String, String)] = [
                ("GET", "/v1/work"), ("GET", "/v1/plans/\(digest)"), ("GET", "/v1/blobs/\(digest)"),
                ("POST", "/v1/uploads/\(digest)"),
            ]
            for role in [CertificateHolder.Kind.operator, .researcher, .auditor] {
                let person = try await federation.person(role.rawValue, role, everything: true)
                #expect(try await person.send("GET", "/v1/hello").status == 200)
                for (method, path) in sites {
                    let answer = try await person.send(method, path)
                    #expect(answer.status == 403, "\(role) \(path)")
                    #expect(answer.code == "forbidden-role", "\(role) \(path)")
                }
            }
            for path in ["/v1/runs", "/v1/runs/run-0011223344556677", "/v1/audit"] {
                #expect(try await site.send("GET", path).code == "forbidden-role", "\(path)")
            }
        }
    }

    @Test func `a revoked person is refused at once`() async throws {
        try await TestFederation.serving { federation in
            let person = try await federation.person("lee", .researcher, everything: true)
            #expect(try await person.send("GET", "/v1/runs").status == 200)
            try await federation.operations.store.revokePerson("lee")
            let answer: TestSite.Answer
            do { answer = try await person.send("GET", "/v1/runs") } catch {
                // The connection of before was closed under the request.
                answer = try await person.send("GET", "/v1/runs")
            }
            #expect(answer.code == "site-not-active")
        }
    }
}
