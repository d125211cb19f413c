import AuditLog
import AuditedDatabase
package import CoordinatorStore
import Evaluation
import Federation
import Foundation
import Hummingbird
import ProcessResources
import WireProtocol

/// What people read on the service port; every query joins on membership (Protocol.md section 5.13).
package struct PeopleRoutes: Sendable {
    private let store: CoordinatorStore

    /// Reads from a store; audit bundles are signed first.
    package init(store: CoordinatorStore) { self.store = store }

    func add(to router: some RouterMethods<ClientRequestContext>) {
        router.get("/v1/runs") { _, context in
            let person = try context.person(.operator, .researcher, .auditor)
            var runs: [RunLine] = []
            for id in try await store.runIDs(for: person) {
                runs.append(try await line(id, for: person, detailed: false))
            }
            return try Response.json(RunList(runs: runs))
        }
        router.get("/v1/runs/:run") { _, context in
            let person = try context.person(.operator, .researcher, .auditor)
            return try Response.json(
                try await line(try context.run(), for: person, detailed: true)
            )
        }
        router.get("/v1/runs/:run/comparison") { _, context in
            let person = try context.person(.operator, .researcher)
            let report = try await report(of: try context.run(), for: person)
            return try Response.json(try RunComparison.make(from: report, data: .clinical))
        }
        router.get("/v1/audit") { _, context in
            let person = try context.person(.operator, .auditor)
            guard try await store.seesFederation(person) else {
                throw CoordinatorError(.notFound)
            }
            return try await bundle(for: try context.authenticatedHolder())
        }
    }

    private func report(of run: RunID, for person: String) async throws -> RunReport {
        do {
            return try await store.report(of: run, for: person)
        } catch let error as CoordinatorStoreError where error.code == .notFound {
            throw CoordinatorError(.notFound, "\(error)")
        }
    }

    private func line(
        _ run: RunID,
        for person: String,
        detailed: Bool
    ) async throws -> RunLine {
        let report = try await report(of: run, for: person)
        let closed = report.rounds.filter { $0.rollCall != nil }
        return RunLine(
            id: report.id,
            plan: report.planSHA256,
            planName: try Plan.parse(json: report.planDocument).name,
            status: report.status,
            createdMilliseconds: report.createdMilliseconds,
            rounds: closed.count,
            failure: report.failure,
            model: report.model,
            roundSummaries: detailed
                ? try closed.map { try RunComparison.summary(of: $0, in: report) } : nil
        )
    }

    /// The log as it is now, signed, read from a file that is gone when it is sent.
    private func bundle(for reader: CertificateHolder) async throws -> Response {
        let file = FileManager.default.temporaryDirectory.appending(path: "audit-\(UUID())")
        _ = try await store.exportBundle(to: file, by: reader.actor())
        let handle = try FileHandle(forReadingFrom: file)
        try FileManager.default.removeItem(at: file)
        let length = try handle.seekToEnd()
        try handle.seek(toOffset: 0)
        let body = ResponseBody(contentLength: Int(length)) { writer in
            while let data = try await BlockingThreads.run({
                try handle.read(upToCount: 256 * 1024)
            }), !data.isEmpty {
                try await writer.write(ByteBuffer(bytes: data))
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [.contentType: "application/octet-stream"],
            body: body
        )
    }
}
