import Tensors

/// The links between the sites and the coordinator: they delay, lose, repeat, reorder and break.
struct VirtualNetwork {
    private let settings: SimulationSettings
    private var generator: SeededGenerator
    private var cutUntil: [Duration]

    /// Messages that were lost, and that arrived twice.
    private(set) var lost = 0
    private(set) var repeated = 0

    init(settings: SimulationSettings, seed: UInt64) {
        self.settings = settings
        generator = SeededGenerator(seed: seed, stream: "network")
        cutUntil = [Duration](repeating: .zero, count: settings.sites)
    }

    /// The delays after which a message of this link arrives: none, one or two.
    mutating func arrivals(link site: Int, at now: Duration) -> [Duration] {
        let isFaulty = now < SimulationSettings.faultsEnd
        if isFaulty && (now < cutUntil[site] || generator.nextUniform() < settings.loss) {
            lost += 1
            return []
        }
        var delays = [delay(isFaulty)]
        if isFaulty && generator.nextUniform() < settings.duplication {
            repeated += 1
            delays.append(delay(isFaulty))
        }
        return delays
    }

    /// Lets a second pass, in which links may break for up to a minute.
    mutating func passSecond(at now: Duration) {
        guard now < SimulationSettings.faultsEnd else { return }
        for site in cutUntil.indices where generator.nextUniform() < settings.partition {
            cutUntil[site] = now + .seconds(Int.random(in: 1...60, using: &generator))
        }
    }

    private mutating func delay(_ isFaulty: Bool) -> Duration {
        let longest = isFaulty ? settings.delayMaxMS : 20
        return .milliseconds(Int.random(in: 1...longest, using: &generator))
    }
}
