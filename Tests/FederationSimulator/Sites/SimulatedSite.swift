import AuditLog
import Federation
import Tensors

/// A site's agent in the simulation: durable outbox, resending until it is answered, a witness of
/// the coordinator's log; or one that does whatever it likes.
struct SimulatedSite {
    /// An update that was trained and is kept until it is answered.
    struct Update {
        let model: SHA256Digest
        let digest: SHA256Digest
        let values: [Double]
        var receipt: Message.Receipt?
    }

    /// Work that takes time.
    struct Training {
        let round: RoundNumber
        let model: SHA256Digest
        let duration: Duration
    }

    let id: SiteID
    let index: Int
    let examples: Int
    let exams: Int
    let isHostile: Bool

    /// Survives a crash.
    private(set) var outbox: [RoundNumber: Update] = [:]
    private(set) var witness: WitnessedLog
    private(set) var refusal: WitnessedLog.Refusal?

    /// Lost in a crash.
    private(set) var training: Training?
    private(set) var isUp = true
    private(set) var isDone = false
    private(set) var generation = 0

    private var generator: SeededGenerator
    private var lastModel: SHA256Digest?

    init(index: Int, isHostile: Bool, key: NoteKey, seed: UInt64) {
        guard let id = SiteID(rawValue: "site-\(index)") else {
            preconditionFailure("a site id is not one")
        }
        self.id = id
        self.index = index
        self.isHostile = isHostile
        examples = 10 + 7 * index
        exams = 10 + 7 * index
        witness = WitnessedLog(key: key)
        generator = SeededGenerator(seed: seed, streamLabels: ["site", "\(index)"])
    }

    mutating func crash() {
        isUp = false
        training = nil
        generation += 1
    }

    mutating func start() { isUp = true }

    /// What the agent sends when it wakes, and when it wakes again.
    mutating func wake() -> (messages: [Message], again: Duration) {
        if isHostile { return (mischief(), .seconds(2)) }
        if training != nil { return ([.heartbeat], .seconds(3)) }
        let pause = Duration.milliseconds(Int.random(in: 500...3000, using: &generator))
        if let (round, update) = pending {
            return ([message(round, update)], pause)
        }
        return ([.poll(witnessed: witness.last?.size ?? 0)], pause)
    }

    private var pending: (RoundNumber, Update)? {
        outbox.filter { $0.value.receipt == nil }.max { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private func message(_ round: RoundNumber, _ update: Update) -> Message {
        .update(
            site: id,
            Message.UpdateMessage(
                round: round,
                model: update.model,
                digest: update.digest,
                values: update.values,
                examples: examples
            )
        )
    }

    /// Takes an answer; returns what to send, and the work that begins.
    mutating func take(_ message: Message) throws(Breach) -> (send: [Message], begin: Training?) {
        if isHostile, case .work(let work?, _, _, _) = message { lastModel = work.model }
        if case .review = message { return (isUp ? [.approval(exams: exams)] : [], nil) }
        guard isUp, !isHostile, refusal == nil else { return ([], nil) }
        switch message {
        case .work(let work, let model, let isOver, let view):
            if let view { look(at: view) }
            guard refusal == nil else { return ([], nil) }
            if isOver { isDone = true }
            return try work.map { work throws(Breach) in try begin(work, model) } ?? ([], nil)
        case .receipt(let round, let digest, let receipt):
            // An answer to an update that a crash has lost, or to a copy of it.
            if outbox[round]?.digest == digest { outbox[round]?.receipt = receipt }
            return ([], nil)
        default: return ([], nil)
        }
    }

    private mutating func look(at view: Message.LogView) {
        guard view.from == witness.last?.size ?? 0 else { return }
        do throws(WitnessedLog.Refusal) {
            _ = try witness.accept(view.note, proof: view.proof)
        } catch {
            refusal = error
        }
    }

    private mutating func begin(
        _ work: SiteWork,
        _ model: [Double]
    ) throws(Breach) -> (send: [Message], begin: Training?) {
        guard Vectors.digest(model) == work.model else {
            throw Breach("\(id) was given a model whose bytes do not have their digest")
        }
        switch work {
        case .score(_, let digest):
            let scores = SHA256Digest(hashing: Array((id.rawValue + digest.rawValue).utf8))
            return ([.scores(scores, model: digest)], nil)
        case .train(let round, let digest):
            if let update = outbox[round], update.model == digest {
                return (update.receipt == nil ? [self.message(round, update)] : [], nil)
            }
            guard training == nil else { return ([], nil) }
            let isSlow = generator.nextUniform() < 0.15
            let seconds = isSlow ? 20.0...70 : 1.0...12
            let work = Training(
                round: round,
                model: digest,
                duration: .seconds(Double.random(in: seconds, using: &generator))
            )
            training = work
            return ([], work)
        }
    }

    /// Ends the training: the update is durable before it is sent.
    mutating func finish(_ work: Training) -> [Message] {
        training = nil
        let values = Vectors.update(of: id, on: work.model)
        let update = Update(
            model: work.model,
            digest: Vectors.digest(values),
            values: values
        )
        outbox[work.round] = update
        return [message(work.round, update)]
    }

    // MARK: Mischief

    private mutating func mischief() -> [Message] {
        guard let round = RoundNumber(rawValue: Int.random(in: 1...4, using: &generator)),
            let victim = SiteID(rawValue: "site-\(Int.random(in: 0..<6, using: &generator))")
        else { return [] }
        let values = (0..<Vectors.count).map { _ in generator.nextUniform() }
        let digest = Vectors.digest(values)
        let model = lastModel ?? digest
        func update(
            _ values: [Double],
            site: SiteID? = nil,
            examples: Int = 10,
            claimed: SHA256Digest? = nil
        ) -> Message {
            .update(
                site: site ?? id,
                Message.UpdateMessage(
                    round: round,
                    model: model,
                    digest: claimed ?? Vectors.digest(values),
                    values: values,
                    examples: examples
                )
            )
        }
        switch Int.random(in: 0..<10, using: &generator) {
        case 0: return [update(values), update(values.map { $0 + 1 })]
        case 1: return [update([.nan] + values.dropFirst())]
        case 2: return [update(values.map { $0 * 1e30 })]
        case 3: return [update(values, examples: 1_000_000_000), update(values, examples: -1)]
        case 4: return [update(values, site: victim)]
        case 5: return [update(Array(values.dropLast())), update([])]
        case 6: return [update(values.map { $0 - 1 }, claimed: digest)]
        case 7: return [.scores(digest, model: digest), .scores(digest, model: digest)]
        case 8: return [Message](repeating: update(values), count: 5)
        default: return [.poll(witnessed: Int64.random(in: -5...1000, using: &generator))]
        }
    }
}
