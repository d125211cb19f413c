import Federation
import Foundation
import SiteStore
import Tensors

/// The weights of runs that stay at this site: in files named by their digests, which the database
/// names in the transaction that saves a round.
struct LocalStateFiles: Sendable {
    let folder: SiteFolder
    let store: SiteStore

    /// What a round of a run begins with.
    ///
    /// - Throws: ``AgentError`` `state-lost` if weights that were kept are not there, or not whole.
    func state(
        of run: RunID,
        before round: RoundNumber,
        _ plan: Plan,
        federationControl: URL?
    ) async throws -> LocalState {
        var state = LocalState()
        if plan.aggregation.privateTensors != nil {
            state.privateTensors = try await read(.private, run, before: round.rawValue)
        }
        if plan.hasControlVariates {
            state.control = try await read(.control, run, before: round.rawValue)
            state.federationControl = try federationControl.map { try Safetensors.read(from: $0) }
        }
        return state
    }

    /// The private tensors after the site's last round of a run; nil if there are none.
    ///
    /// - Throws: As ``state(of:before:_:federationControl:)``.
    func privateTensors(of run: RunID, _ plan: Plan) async throws -> NamedTensors? {
        guard plan.aggregation.privateTensors != nil else { return nil }
        return try await read(.private, run, before: .max)
    }

    /// Removes the files that the database does not name.
    func sweep() async throws {
        let kept = try await store.trainingStateDigests()
        let names =
            (try? FileManager.default.contentsOfDirectory(atPath: folder.trainingState.path)) ?? []
        for name in names where !kept.contains(String(name.prefix { $0 != "." })) {
            try FileManager.default.removeItem(at: folder.trainingState.appending(path: name))
        }
    }

    private func read(
        _ kind: TrainingStateRow.Kind,
        _ run: RunID,
        before number: Int
    ) async throws -> NamedTensors? {
        guard
            let row = try await store.trainingState(kind, run: run.rawValue, before: number),
            let digest = SHA256Digest(rawValue: row.sha256)
        else { return nil }
        let file = folder.trainingState(digest)
        guard (try? SHA256Digest(ofFile: file)) == digest else {
            throw AgentError(
                .stateLost,
                "the \(kind.rawValue) weights of \(run) after round \(row.number) are missing or"
                    + " damaged (\(file.lastPathComponent) in the folder state)",
                hint: "restore the site's folder from a backup; until then the site stays out of"
                    + " this run"
            )
        }
        return try Safetensors.read(from: file)
    }
}
