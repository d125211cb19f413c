import CoordinatorServer
import CoordinatorStore
import Federation
import Foundation

/// One play of the federation, in which parties are killed at given points.
struct MatrixCase {
    /// What a play showed.
    struct Outcome {
        var model = ""
        var seconds = 0.0
        var kills = 0
        /// The longest time from the start of a killed coordinator to its first connection.
        var restartSeconds = 0.0
        /// Whether a party ended before the write at which it was to be killed.
        var isUnreached = false
        var problems: [String] = []
    }

    let template: Template
    let folder: URL
    /// Where each party dies: at the first start, the second, and so on.
    var triggers: [Party: [String]] = [:]
    /// Whether the authority's keys are exchanged while the run goes on.
    var exchangesKeys = false
    /// A folder for the points that are passed; nil to write none.
    var traces: URL?

    /// The name, for people.
    var name: String {
        triggers.sorted { $0.key < $1.key }
            .map { "\($0.key) at \($0.value.joined(separator: ", "))" }.joined(separator: "; ")
    }

    private static let limit: Duration = .seconds(90)

    /// Plays to the end and checks everything.
    func play() async throws -> Outcome {
        try template.copy(to: folder)
        let lifeline = Pipe()
        defer { try? lifeline.fileHandleForWriting.close() }
        let start = ContinuousClock.now
        var parties: [SupervisedParty] = []
        defer { for party in parties.reversed() { party.stop() } }
        for party in [.coordinator] + template.sites.map(Party.agent) {
            parties.append(try self.start(party, lifeline))
        }
        var outcome = try await watch(parties)
        outcome.seconds = (ContinuousClock.now - start) / .seconds(1)
        for party in parties.reversed() { party.stop() }
        outcome.kills = parties.reduce(0) { $0 + $1.kills }
        let checks = MatrixChecks(template: template, folder: folder)
        outcome.model = try await checks.model()
        outcome.problems += try await checks.problems()
        for (party, points) in triggers
        where parties.first(where: { $0.party == party })?.kills == 0 {
            // How many writes there are depends on the time; the last ones may not come.
            let isNamed = points.first.map { !$0.hasPrefix("write") } ?? false
            if isNamed { outcome.problems.append("\(party) was never killed") }
            outcome.isUnreached = true
        }
        return outcome
    }

    private func start(_ party: Party, _ lifeline: Pipe) throws -> SupervisedParty {
        let place =
            switch party {
            case .coordinator: Template.coordinator(folder).root
            case .agent(let site): Template.site(site, folder)
            }
        return try SupervisedParty(
            party,
            folder: place,
            triggers: triggers[party] ?? [],
            trace: traces?.appending(path: "\(party).trace"),
            log: folder.appending(path: "\(party).log"),
            lifeline: lifeline.fileHandleForReading
        )
    }

    /// Starts again who was killed, until the run is over and every site knows.
    private func watch(_ parties: [SupervisedParty]) async throws -> Outcome {
        var outcome = Outcome()
        let settings = try CoordinatorSettings.read(from: Template.coordinator(folder))
        let store = try FederationOperator(folder: Template.coordinator(folder)).store
        let deadline = ContinuousClock.now + Self.limit
        var isRestarting = false
        var exchange = KeyExchange(template: template, folder: Template.coordinator(folder))
        while ContinuousClock.now < deadline {
            for party in parties where try party.restartIfKilled() {
                if party.party == .coordinator { isRestarting = true }
            }
            if isRestarting, FreePorts.answers(settings.servicePort) {
                let seconds = (ContinuousClock.now - parties[0].startedAt) / .seconds(1)
                outcome.restartSeconds = max(outcome.restartSeconds, seconds)
                isRestarting = false
            }
            if exchangesKeys { try await exchange.step() }
            if try await isOver(store), !isRestarting, !exchangesKeys || exchange.isDone {
                return outcome
            }
            try await Task.sleep(for: .milliseconds(isRestarting ? 5 : 25))
        }
        throw SupervisedParty.Failure(
            description: "the run was not over after \(Self.limit.components.seconds) s"
        )
    }

    private func isOver(_ store: CoordinatorStore) async throws -> Bool {
        let report = try await store.report(of: template.run)
        if report.status == "failed" {
            throw SupervisedParty.Failure(description: "the run failed: \(report.failure ?? "")")
        }
        guard report.status == "completed" else { return false }
        return try await store.runsToTell().isEmpty
    }
}
