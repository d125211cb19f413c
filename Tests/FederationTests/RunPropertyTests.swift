import Federation
import Tensors
import Testing

/// Random orders of arrival: what the sites do is fixed, how their messages interleave is not.
@Suite struct RunPropertyTests {
    static let siteCount = 5
    static let rounds = 3

    /// What one site does in one round; its own messages keep their order.
    static func script(_ index: Int, _ number: Int, _ generator: inout SeededGenerator)
        -> [RunEvent]
    {
        let id = site("site-\(index)")
        let contribution = Contribution(
            site: id,
            sha256: digest("\(index)/\(number)"),
            examples: index + 1
        )
        let good: [RunEvent] = [.siteReady(id), .updateAccepted(round(number), contribution)]
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: return [.siteReady(id), .updateRejected(round(number), id, .nonFinite)] + good
        case 1: return [.siteReady(id), .siteFailed(round(number), id, .trainingFailed)]
        case 2: return [.siteRefused(id, .outsideHours)] + good
        case 3: return [.siteReady(id)]
        case 4: return good + good + [.siteFailed(round(number), id, .contactLost)]
        case 5: return []
        default: return good
        }
    }

    static func interleave(
        _ scripts: [[RunEvent]],
        _ generator: inout SeededGenerator
    ) -> [RunEvent] {
        var rest = scripts.map { ArraySlice($0) }
        var result: [RunEvent] = []
        while true {
            let open = rest.indices.filter { !rest[$0].isEmpty }
            guard let chosen = open.randomElement(using: &generator) else { return result }
            result.append(rest[chosen].removeFirst())
        }
    }

    /// The rank of a state, which must never fall.
    static func rank(_ run: RunStateMachine) -> Int {
        switch run.phase {
        case .created: return 0
        case .opening(let round): return round.rawValue * 10
        case .round(let round):
            switch round.state {
            case .planned: return round.round.rawValue * 10 + 1
            case .collecting: return round.round.rawValue * 10 + 2
            case .aggregating: return round.round.rawValue * 10 + 3
            case .closed, .failed: return round.round.rawValue * 10 + 4
            }
        case .scoring: return 1_000
        case .completed, .failed: return 10_000
        }
    }

    /// Plays a run to its end, checking what must hold after every event.
    static func play(scripts seed: UInt64, arrival: UInt64) throws -> [RunEffect] {
        var plan = try TestPlan.plan()
        plan.rounds = rounds
        plan.quorum = Quorum(sites: 2)
        let shares = (0..<siteCount).map {
            SiteShare(site: site("site-\($0)"), exams: 10 * $0, positives: $0)
        }
        var run = RunStateMachine(
            try RunConfiguration(plan: plan, sites: shares),
            initialModel: digest("start")
        )
        var player = Player(run: run)
        player.give(.start)
        var what = SeededGenerator(seed: seed, stream: "scripts")
        var order = SeededGenerator(seed: arrival, stream: "arrival")
        for number in 1...rounds {
            player.give(.roundOpened(round(number)))
            let scripts = (0..<siteCount).map { script($0, number, &what) }
            for event in interleave(scripts, &order) { player.give(event) }
            player.now += .seconds(plan.deadlineSeconds)
            player.give(.tick)
            player.aggregateIfAsked(round(number))
        }
        let scores = (0..<siteCount).map {
            [RunEvent.scoresReceived(site("site-\($0)"), digest("scores"))]
        }
        for event in interleave(scores, &order) { player.give(event) }
        run = player.run
        #expect(run.isOver)
        return player.effects.filter(\.isResult)
    }

    struct Player {
        var run: RunStateMachine
        var now = Duration.zero
        var effects: [RunEffect] = []
        var counted: Set<[String]> = []

        mutating func give(_ event: RunEvent) {
            let before = RunPropertyTests.rank(run)
            let new = run.on(event, at: now)
            #expect(RunPropertyTests.rank(run) >= before, "the state went back at \(event)")
            for case .aggregate(let round, let contributions) in new {
                #expect(contributions == contributions.sorted { $0.site < $1.site })
                for contribution in contributions {
                    let key = ["\(round)", contribution.site.rawValue]
                    #expect(counted.insert(key).inserted, "counted twice: \(key)")
                }
            }
            effects += new
            now += .milliseconds(1)
        }

        /// The model is a function of exactly what was to be aggregated.
        mutating func aggregateIfAsked(_ number: RoundNumber) {
            for case .aggregate(number, let contributions) in effects {
                let text = contributions.map(\.sha256.rawValue).joined()
                give(.aggregated(number, digest(run.model.rawValue + text)))
                return
            }
        }
    }

    @Test(arguments: 0..<200)
    func `the order of arrival between sites does not change the result`(seed: Int) throws {
        let first = try Self.play(scripts: UInt64(seed), arrival: 1)
        for arrival in 2...6 {
            #expect(try Self.play(scripts: UInt64(seed), arrival: UInt64(arrival)) == first)
        }
    }

    @Test func `the scripts reach both completed and failed runs`() throws {
        var completed = 0
        for seed in 0..<200 {
            let effects = try Self.play(scripts: UInt64(seed), arrival: 1)
            if case .complete = effects.last { completed += 1 }
        }
        #expect(completed > 20 && completed < 180)
    }
}

extension RunEffect {
    /// Whether the effect is part of what a run leaves behind: models and the kind of end.
    ///
    /// The roll-call of a round that fails early depends on when it failed.
    fileprivate var isResult: Bool {
        switch self {
        case .aggregate, .publishModel, .complete: true
        default: false
        }
    }
}
