import CoordinatorServer
import CoordinatorStore
import Federation
import Foundation
import Testing
import WireProtocol

/// What the operator asks for from another process, and what they see.
@Suite struct OperationTests {
    private func withRun(
        rounds: Int = 2,
        _ body: (TestFederation, TestSite, TestSite, TestRun) async throws -> Void
    ) async throws {
        try await TestFederation.serving { federation in
            let alpha = try await federation.enrolledSite("alpha")
            let beta = try await federation.enrolledSite("beta")
            let run = try await TestRun.start(
                in: federation,
                sites: [alpha, beta],
                rounds: rounds
            )
            try await run.approve(alpha)
            try await run.approve(beta)
            _ = try await run.training(of: alpha)
            try await body(federation, alpha, beta, run)
        }
    }

    @Test func `a held run gives no work and goes on when it is let go`() async throws {
        try await withRun { federation, alpha, beta, run in
            let operation = federation.operations
            #expect(try await operation.ask(.pause, of: run.id))
            #expect(try await operation.view(of: run.id).status == "paused")
            #expect(try await alpha.work(waiting: 0) == nil)
            try await run.send(1, from: alpha, round: .first)
            try await run.send(1, from: beta, round: .first)
            #expect(try await alpha.work(waiting: 1) == nil, "no new round while it is held")
            #expect(try await operation.ask(.resume, of: run.id))
            #expect(try await run.training(of: alpha).round == RoundNumber.first.next)
            #expect(try await operation.view(of: run.id).status == "running")
        }
    }

    @Test func `an aborted run ends, and the next one begins`() async throws {
        try await withRun { federation, alpha, beta, run in
            let operation = federation.operations
            let next = try await operation.startRun(of: run.plan, sites: [alpha.id, beta.id])
            let queued = try await operation.runs()
            #expect(queued.map(\.queuePosition) == [nil, 1])
            #expect(queued.map(\.status) == ["running", "queued"])
            #expect(try await operation.ask(.abort, of: run.id))
            #expect(try await operation.view(of: run.id).failure?.contains("by-operator") == true)
            while try await operation.view(of: next).status != "waiting" { await Task.yield() }
            #expect(try await operation.ask(.abort, of: next))
            #expect(try await operation.view(of: next).status == "failed")
            let error = await #expect(throws: CoordinatorStoreError.self) {
                try await operation.ask(.pause, of: run.id)
            }
            #expect(error?.code == .wrongState)
        }
    }

    @Test func `a view shows what sites do, and the roll-call says who was left out`() async throws
    {
        try await withRun { federation, alpha, beta, run in
            let operation = federation.operations
            let report = ProgressReport(
                runID: run.id,
                round: .first,
                phase: .training,
                fraction: 0.25,
                meanLoss: 0.5
            )
            let answer = try await alpha.send(.progress, Endpoint.progress.template, report)
            #expect(answer.status == 204)
            var site = try await operation.view(of: run.id).sites[0]
            while site.doing != "training" {
                site = try await operation.view(of: run.id).sites[0]
            }
            #expect(site.id == "alpha" && site.fraction == 0.25 && site.meanLoss == 0.5)
            let waits = ProgressReport(
                runID: run.id,
                round: .first,
                phase: .waiting,
                fraction: 0,
                untilMilliseconds: 1_790_000_000_000
            )
            #expect(
                try await alpha.send(.progress, Endpoint.progress.template, waits).status == 204
            )
            while site.doing == "training" {
                site = try await operation.view(of: run.id).sites[0]
            }
            #expect(site.doing == "waiting by its own schedule until 2026-09-21T14:13:20Z")
            try await run.send(1, from: alpha, round: .first)
            #expect(try await operation.view(of: run.id).sites[0].doing == "counted")
            // Revocation takes beta out: the plan's quorum of two is not met any more.
            try await federation.operations.store.revoke(beta.id)
            while try await operation.view(of: run.id).status != "failed" { await Task.yield() }
            let view = try await operation.view(of: run.id)
            #expect(view.failure?.contains("did not reach its quorum") == true)
            let call = view.rounds.flatMap(RunView.rollCall).joined(separator: "\n")
            #expect(call.contains("beta refused (revoked)"))
            #expect(call.contains("50.0 % of the exams missing"))
            #expect(view.page.contains(run.plan.rawValue))
        }
    }

    @Test func `a site that stops by its own policy is named, and not asked again`() async throws {
        try await withRun { federation, alpha, beta, run in
            let operation = federation.operations
            // What is said of another round does not count; of this one it takes beta out.
            for (reason, round) in [("outside-hours", 2), ("budget-spent", 1)] {
                let number = try #require(RoundNumber(rawValue: round))
                let answer = try await beta.send(
                    .reportFailure,
                    Endpoint.reportFailure.path(run.id, round: number),
                    FailureReport(reason: reason, message: "more rounds than this site gives")
                )
                #expect(answer.status == 204)
            }
            while try await operation.view(of: run.id).status != "failed" { await Task.yield() }
            let view = try await operation.view(of: run.id)
            let call = view.rounds.flatMap(RunView.rollCall).joined(separator: "\n")
            #expect(call.contains("beta refused (budget-spent)"), "\(call)")
            #expect(!RefusalReason.revoked.isOfSites, "a site cannot say that of itself")
        }
    }

    @Test func `a backup of a served folder is restored, whole, and goes on`() async throws {
        let backup = FileManager.default.temporaryDirectory.appending(path: "backup-\(UUID())")
        let restored = CoordinatorFolder(
            FileManager.default.temporaryDirectory.appending(path: "restored-\(UUID())")
        )
        defer {
            try? FileManager.default.removeItem(at: backup)
            try? FileManager.default.removeItem(at: restored.root)
        }
        let played = Box<TestRun>()
        try await withRun { federation, alpha, beta, run in
            played.value = run
            try await run.send(1, from: alpha, round: .first)
            let made = try await CoordinatorBackup(of: federation.folder).make(
                in: backup,
                passphrase: "a backup's passphrase"
            )
            try Self.expectNoKey(of: federation.folder, in: backup)
            #expect(made.files.contains { $0.path == "coordinator.sqlite" })
            #expect(made.files.count { $0.path.hasPrefix("blobs/") } == 2, "model and update")
            try await run.send(1, from: beta, round: .first)
        }
        let run = try #require(played.value)
        let manifest = try await CoordinatorRestore(from: backup).make(
            restored,
            passphrase: "a backup's passphrase"
        )
        #expect(manifest.auditRecords > 0)
        try await TestFederation.serving(restored) { federation in
            let alpha = try await federation.enrolledSite("alpha")
            let beta = try await federation.enrolledSite("beta")
            #expect(try await alpha.work(waiting: 0) == nil, "its update was in the backup")
            try await run.send(1, from: beta, round: .first)
            #expect(try await run.training(of: alpha).round == RoundNumber.first.next)
        }
    }

    @Test func `a changed backup is refused, and nothing is left behind`() async throws {
        let folder = try TestFederation.makeFolder()
        let backup = folder.root.appendingPathExtension("backup")
        let target = CoordinatorFolder(folder.root.appendingPathExtension("restored"))
        defer {
            for url in [folder.root, backup, target.root] {
                try? FileManager.default.removeItem(at: url)
            }
        }
        _ = try FederationOperator(folder: folder)
        _ = try await CoordinatorBackup(of: folder).make(in: backup, passphrase: nil)
        let settings = backup.appending(path: "coordinator.yaml")
        try Data("federation: other".utf8).write(to: settings)
        let error = await #expect(throws: BackupError.self) {
            try await CoordinatorRestore(from: backup).make(target, passphrase: nil)
        }
        #expect(error?.description.contains("coordinator.yaml was changed") == true)
        #expect(!FileManager.default.fileExists(atPath: target.root.path))
        let again = await #expect(throws: BackupError.self) {
            try await CoordinatorBackup(of: folder).make(in: backup, passphrase: nil)
        }
        #expect(again?.description.contains("is not empty") == true)
    }

    /// Whether no file of a backup has a line of a key, or a secret's bytes.
    private static func expectNoKey(of folder: CoordinatorFolder, in backup: URL) throws {
        var needles = [try Data(contentsOf: folder.auditKey)]
        for file in [folder.issuingKey, folder.serverIdentity] {
            let pem = try String(contentsOf: file, encoding: .utf8)
            let lines = pem.split(separator: "\n")
            let start = try #require(lines.firstIndex { $0.contains("PRIVATE KEY") })
            needles.append(Data(lines[start + 1].utf8))
        }
        for path in try FileManager.default.subpathsOfDirectory(atPath: backup.path) {
            guard let data = FileManager.default.contents(atPath: backup.appending(path: path).path)
            else { continue }
            for needle in needles { #expect(data.range(of: needle) == nil, "\(path)") }
        }
    }

    @Test func `a backup's keys open with its passphrase only, or come from elsewhere`()
        async throws
    {
        let folder = try TestFederation.makeFolder()
        let backup = folder.root.appendingPathExtension("backup")
        let bare = folder.root.appendingPathExtension("bare")
        let target = CoordinatorFolder(folder.root.appendingPathExtension("restored"))
        defer {
            for url in [folder.root, backup, bare, target.root] {
                try? FileManager.default.removeItem(at: url)
            }
        }
        _ = try FederationOperator(folder: folder)
        let maker = CoordinatorBackup(of: folder)
        _ = try await maker.make(in: backup, passphrase: "a backup's passphrase")
        _ = try await maker.make(in: bare, passphrase: nil)
        for (source, passphrase) in [
            (backup, nil), (backup, "another passphrase"), (bare, "a backup's passphrase"),
        ] {
            await #expect(throws: (any Error).self) {
                try await CoordinatorRestore(from: source).make(target, passphrase: passphrase)
            }
            #expect(!FileManager.default.fileExists(atPath: target.root.path))
        }
        _ = try await CoordinatorRestore(from: bare).make(
            target,
            passphrase: nil,
            keys: folder.root
        )
        for key in [target.auditKey, target.issuingKey, target.serverIdentity] {
            let attributes = try FileManager.default.attributesOfItem(atPath: key.path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }
}
