package import Federation
import Tensors

/// What a seed makes of the world: how many sites, how bad the network, who is hostile.
package struct SimulationSettings: Sendable, Hashable {
    /// A mistake planted in the coordinator's shell, to see that the checks would find it.
    package enum PlantedBug: String, Sendable, Hashable, CaseIterable {
        /// Answers before the commit.
        case acknowledgesBeforeCommit
        /// Names a model in the database before its bytes are durable.
        case namesUnsyncedModel
        /// Sums in the order of arrival.
        case sumsInArrivalOrder
        /// Writes a change without its audit record.
        case forgetsAuditRecord
        /// Counts an update that the site did not send for this round.
        case acceptsForeignUpdate
        /// Deletes updates that a round has counted but not yet combined.
        case deletesHeldUpdates
        /// Opens a new history after a crash.
        case forgetsHistory
    }

    /// The number of sites, 3 to 6.
    package var sites: Int
    /// The number of rounds, 2 to 4.
    package var rounds: Int
    /// What the rounds do with stragglers.
    package var stragglers: StragglerRule
    /// How many sites a round asks; nil for all.
    package var sampling: Int?
    /// The updates that close a round of an asynchronous run; nil where rounds wait for sites.
    package var buffer: Int?
    /// How many rounds old an update of an asynchronous run may be.
    package var maximumStaleness: Int
    /// The share of messages that are lost while faults last.
    package var loss: Double
    /// The share of messages that arrive twice.
    package var duplication: Double
    /// The longest delay of a message in milliseconds.
    package var delayMaxMS: Int
    /// The chance of a crash at each fault point of the coordinator.
    package var crash: Double
    /// The chance a second that a site's process is killed.
    package var siteCrash: Double
    /// The chance a second that a site is cut off.
    package var partition: Double
    /// The site that does not keep to the rules; nil for none.
    package var hostileSite: Int?
    /// Whether the operator restores yesterday's backup in the middle.
    package var restoresBackup: Bool
    /// Whether the operator holds the run for a while.
    package var pauses: Bool
    /// Whether the best model wins, and the run stops when two rounds brought nothing.
    package var selects: Bool
    /// Whether a control variate goes with each model.
    package var hasControl: Bool
    /// Whether the hours of the plan's schedule end and begin again.
    package var hasHours: Bool
    /// The site that the operator revokes in the middle; nil for none.
    package var revokedSite: Int?
    /// A mistake that is planted.
    package var bug: PlantedBug?

    /// When the faults stop.
    package static let faultsEnd: Duration = .seconds(150)
    /// The time limit of a round.
    package static let roundLimit: Duration = .seconds(40)

    /// The world of a seed.
    package init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed, stream: "settings")
        func chance(_ share: Double) -> Bool { generator.nextUniform() < share }
        sites = Int.random(in: 3...6, using: &generator)
        rounds = Int.random(in: 2...4, using: &generator)
        stragglers = StragglerRule.allCases[Int.random(in: 0..<3, using: &generator)]
        loss = chance(0.5) ? 0.3 * generator.nextUniform() : 0
        duplication = chance(0.5) ? 0.3 * generator.nextUniform() : 0
        delayMaxMS = [5, 200, 3000, 15_000][Int.random(in: 0..<4, using: &generator)]
        crash = chance(0.6) ? 0.04 * generator.nextUniform() : 0
        siteCrash = chance(0.5) ? 0.03 * generator.nextUniform() : 0
        partition = chance(0.4) ? 0.02 * generator.nextUniform() : 0
        hostileSite = chance(0.4) ? Int.random(in: 0..<sites, using: &generator) : nil
        restoresBackup = chance(0.1)
        pauses = chance(0.2)
        revokedSite = chance(0.1) ? Int.random(in: 0..<sites, using: &generator) : nil
        sampling = sites > 3 && chance(0.2) ? sites - 1 : nil
        hasHours = chance(0.2)
        selects = chance(0.25)
        hasControl = chance(0.2)
        maximumStaleness = Int.random(in: 0...3, using: &generator)
        buffer = nil
        guard chance(0.25) else { return }
        buffer = Int.random(in: 2..<sites, using: &generator)
        rounds += 3
        if stragglers == .countLate { stragglers = .close }
        sampling = nil
    }
}
