package import DICOMNetworking
package import SiteStore

/// Something an admin or the demo wants to see happen; written as one JSON line, a bar, or a plain line.
package enum AgentEvent: Sendable, Hashable, Codable {
    /// Exams of a simulated hospital written of all.
    case simulating(done: Int, total: Int)
    /// Files read of all, and those quarantined.
    case intake(done: Int, total: Int, quarantined: Int)
    /// Studies of a PACS fetched of all, what they brought, and how fast.
    case pulling(PullProgress, bytesPerSecond: Double, secondsLeft: Double?)
    /// The receiver takes connections.
    case receiving(address: String, port: Int)
    /// A sender is done, or was not let in.
    case received(DeliveryRow)
    /// Somebody who is not let in called.
    case senderRefused(address: String, reason: String)
    /// An object that a sender offered was not kept.
    case objectRefused(sender: String, reason: String)
    /// Something could not be read or kept for now; work goes on.
    case warning(String)
    /// Waiting for the coordinator or for a person.
    case waiting(for: String)
    /// A plan was answered.
    case planAnswered(sha256: String, decision: String)
    /// Training of a round; round 0 is the local-only baseline.
    case training(round: Int, fraction: Double, loss: Double)
    /// A contribution was taken.
    case contributed(round: Int, bytes: Int, seconds: Double)
    /// Exams scored of all.
    case scoring(done: Int, total: Int)
    /// A run is over.
    case runEnded(run: String, outcome: String)
}
