import AuditLog
import Federation

/// What travels, without its encoding: the simulator is about order and loss, not about bytes.
enum Message {
    /// A site asks what to do, and names the log it has seen.
    case poll(witnessed: Int64)
    /// A site approves the plan and says how many exams it brings.
    case approval(exams: Int)
    /// The coordinator answers a poll: look at the plan.
    case review
    /// A site at work is alive.
    case heartbeat
    /// A site sends its update; `site` is what the message says, not what the connection says.
    case update(site: SiteID, UpdateMessage)
    /// A site sends the scores of a model.
    case scores(SHA256Digest, model: SHA256Digest)
    /// The coordinator answers a poll.
    case work(SiteWork?, model: [Double], isOver: Bool, LogView?)
    /// The coordinator answers an update.
    case receipt(RoundNumber, SHA256Digest, Receipt)
    /// The coordinator answers scores.
    case scoresReceived(SHA256Digest)

    /// How an update was taken.
    enum Receipt: String, Hashable {
        case accepted
        case rejected
        case late
        case conflict
        case refused
    }

    /// An update: for which round, made from which model.
    struct UpdateMessage {
        let round: RoundNumber
        let model: SHA256Digest
        let digest: SHA256Digest
        let values: [Double]
        let examples: Int
    }

    /// The newest checkpoint of the coordinator's log and what shows that it continues an older one.
    struct LogView {
        /// The size that the question named; an answer to an older question says nothing.
        let from: Int64
        let note: SignedNote
        let proof: [MerkleHash]
    }
}
