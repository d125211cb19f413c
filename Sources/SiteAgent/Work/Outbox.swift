import Durability
import Federation
import Foundation
import SiteStore
import WireProtocol

/// Updates that were trained and are kept until the coordinator's answer to them is recorded here.
struct Outbox: Sendable {
    let site: SiteContext

    /// An update that was trained.
    struct Update: Sendable {
        let run: RunID
        let round: RoundNumber
        let plan: SHA256Digest
        let outcome: RoundTrainer.Outcome
    }

    /// The update of a round that lies in the outbox, whole; nil if none does.
    func update(_ run: RunID, _ round: RoundNumber) async throws -> Update? {
        try await site.store.round(run: run.rawValue, number: round.rawValue).flatMap(update)
    }

    private func update(of row: RoundRow) throws -> Update? {
        guard let document = row.contribution, let run = RunID(rawValue: row.run),
            let round = RoundNumber(rawValue: row.number),
            let plan = SHA256Digest(rawValue: row.plan)
        else { return nil }
        let contribution = try WireCodec.decode(
            ContributionRequest.self,
            from: Array(document.utf8)
        )
        let delta = site.folder.delta(contribution.deltaSHA256)
        guard (try? SHA256Digest(ofFile: delta)) == contribution.deltaSHA256 else { return nil }
        return Update(
            run: run,
            round: round,
            plan: plan,
            outcome: RoundTrainer.Outcome(delta: delta, contribution: contribution)
        )
    }

    /// Sends what a former process trained and nobody has answered; the same bytes again get the
    /// same answer.
    func sendWaiting() async throws {
        for row in try await site.store.rounds() where row.outcome == nil {
            guard let update = try update(of: row) else { continue }
            try await site.untilResultsMayLeave()
            do {
                try await record(try await contribute(update), update)
            } catch let error as AgentError where error.code == .failed {
                // The coordinator does not have the bytes, or no use for them: it says which when
                // it gives the round's work again.
                continue
            }
        }
    }

    /// Uploads an update, contributes it, and records the answer.
    func send(_ update: Update) async throws {
        try await site.untilResultsMayLeave()
        let receipt: ContributionReceipt
        do {
            receipt = try await uploadAndContribute(update)
        } catch let error as AgentError where error.code == .failed {
            // A coordinator that came back may have lost an update that was not contributed yet.
            receipt = try await uploadAndContribute(update)
        }
        try await record(receipt, update)
    }

    private func uploadAndContribute(_ update: Update) async throws -> ContributionReceipt {
        try await site.client.upload(
            update.outcome.delta,
            as: update.outcome.contribution.deltaSHA256,
            plan: update.plan
        )
        CrashPoint.updateUploaded.pass()
        return try await contribute(update)
    }

    private func contribute(_ update: Update) async throws -> ContributionReceipt {
        try await site.client.contribute(
            update.outcome.contribution,
            run: update.run,
            round: update.round,
            plan: update.plan
        )
    }

    private func record(_ receipt: ContributionReceipt, _ update: Update) async throws {
        CrashPoint.updateAnswered.pass()
        try await site.store.recordDelivery(
            run: update.run.rawValue,
            number: update.round.rawValue,
            outcome: receipt.status.rawValue,
            reason: receipt.reason
        )
        CrashPoint.deliveryRecorded.pass()
        try await site.store.retireTrainingStates(
            run: update.run.rawValue,
            through: update.round.rawValue
        )
        let states = LocalStateFiles(folder: site.folder, store: site.store)
        try await states.sweep()
        // Until now a crash might have had to train again what the checkpoint has.
        try? FileManager.default.removeItem(at: site.folder.checkpoint)
        try? FileManager.default.removeItem(at: update.outcome.delta)
        ResidualFiles(site.folder, update.run).prune(before: update.round)
    }

    /// Removes updates that were answered, models of former rounds and unfinished files; what was
    /// trained and not answered stays.
    ///
    /// Only at the start, while nobody works.
    func sweep() async throws {
        let waiting = try await site.store.rounds().filter { $0.outcome == nil }
        let kept = Set(waiting.map(\.deltaSHA256))
        sweep(site.folder.outbox) { name in
            name == site.folder.checkpoint.lastPathComponent
                || name.hasPrefix(ResidualFiles.prefix) || kept.contains(Self.stem(name))
        }
        try await LocalStateFiles(folder: site.folder, store: site.store).sweep()
        let model = try await site.store.newestModel()
        sweep(site.folder.models) { name in
            guard SHA256Digest(rawValue: Self.stem(name)) != nil else {
                return !name.hasPrefix(".")
            }
            // What was fetched of the next model stays too: the rest is fetched.
            return Self.stem(name) == model || name.hasSuffix(".parts")
        }
    }

    private static func stem(_ name: String) -> String {
        String(name.prefix { $0 != "." })
    }

    private func sweep(_ folder: URL, keeping isKept: (String) -> Bool) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for name in names where !isKept(name) {
            try? FileManager.default.removeItem(at: folder.appending(path: name))
        }
    }
}
