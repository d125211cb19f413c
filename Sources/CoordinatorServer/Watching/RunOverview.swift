package import CoordinatorStore
package import Federation
import WireProtocol

/// A run in the list of all.
package struct RunOverview: Sendable, Hashable, Codable {
    /// Its id.
    package let id: String
    /// As ``RunView/status``.
    package let status: String
    /// The plan's name.
    package let plan: String
    /// Rounds that are closed.
    package let roundsClosed: Int
    /// The rounds of the plan.
    package let roundCount: Int
    /// How many runs stand before it in the queue; nil once it has been taken up.
    package let queuePosition: Int?
    /// The final model.
    package let model: String?
    /// Why it failed.
    package let failure: String?

    /// The run in columns.
    package var columns: [String] {
        [
            id, queuePosition.map { "\(status) (\($0))" } ?? status, plan,
            "\(roundsClosed)/\(roundCount) rounds", model ?? failure ?? "-",
        ]
    }
}

extension FederationOperator {
    /// Every run, in the order they were started.
    package func runs() async throws -> [RunOverview] {
        let open = try await store.openRuns()
        let waiting = open.filter { !$0.isTakenUp }.map(\.id.rawValue)
        var runs: [RunOverview] = []
        for id in try await store.runIDs() {
            let view = try await view(of: id)
            runs.append(
                RunOverview(
                    id: view.id,
                    status: view.status,
                    plan: view.plan,
                    roundsClosed: view.rounds.count,
                    roundCount: view.roundCount,
                    queuePosition: waiting.firstIndex(of: view.id).map { $0 + 1 },
                    model: view.model,
                    failure: view.failure
                )
            )
        }
        return runs
    }

    /// A run as it is now.
    ///
    /// - Throws: `CoordinatorStoreError` `not-found`.
    package func view(of run: RunID) async throws -> RunView {
        try RunView(
            try await store.report(of: run),
            progress: try await store.siteProgress(),
            at: Self.milliseconds()
        )
    }

    /// Asks for something to be done with a run, and waits until it is.
    ///
    /// - Returns: false if nobody serves the folder: it is done when somebody does.
    /// - Throws: ``CoordinatorError`` `busy` if it is not done within 20 s.
    package func ask(_ verb: RunRequest.Verb, of run: RunID) async throws -> Bool {
        let request = try await store.request(verb, of: run)
        let deadline = ContinuousClock.now + .seconds(20)
        while try await !store.isHandled(request) {
            guard isServed else { return false }
            guard ContinuousClock.now < deadline else {
                throw CoordinatorError(
                    .busy,
                    "\(run) was not told to \(verb.rawValue) within 20 s; see the log of serve"
                )
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        return true
    }
}
