import Federation

/// A plan whose sites do not train.
struct BenchmarkPlan {
    var sites: Int
    var rounds: Int
    var strategy = "fedavg"

    /// The rules that can be measured: SCAFFOLD's sites also send control variates.
    static let strategies = AggregationRules.Strategy.allCases.map(\.rawValue)
        .filter { $0 != AggregationRules.Strategy.scaffold.rawValue }

    /// The plan.
    func plan() throws -> Plan { try Plan.parse(yaml: text) }

    /// What the rule needs, chosen so that any number of sites is enough.
    private var parameters: String {
        let hostile = max(0, (sites - 3) / 4)
        return switch AggregationRules.Strategy(rawValue: strategy) {
        case .fedprox: ", proximalWeight: 0.01"
        case .normClippedMean: ", clipNorm: 0.5"
        case .trimmedMean: ", trimEachSide: 1"
        case .krum, .multiKrum, .bulyan: ", byzantineSites: \(hostile)"
        default: ""
        }
    }

    private var text: String {
        """
        schema: fed-headct-plan/1
        name: benchmark
        description: Rounds without training.
        seed: 1
        cohort: {minimumExams: 1, requireMasks: false, splitTestFraction: 0.4, splitSeed: 1}
        preprocessing:
          sliceSpacingMM: 5
          pixelSpacingMM: 4
          gridSize: 64
          slabDepth: 5
          windows: [{name: brain, center: 40, width: 80}]
        model: {architecture: none}
        localTraining:
          optimizer: adam
          learningRate: 0.003
          batchSize: 8
          stepsPerRound: 1
          threads: 1
          positiveSliceFraction: 0.5
          lossWeights: {maskCrossEntropy: 1, maskDice: 1, labels: 1, anyLabel: 2}
        rounds: \(rounds)
        quorum: {sites: \(sites), examShare: 0.5}
        deadlineSeconds: 3600
        aggregation: {strategy: \(strategy)\(parameters)}
        updateValidation: {maximumNorm: 1000, maximumAbs: 100}
        metrics:
          allowed: [trainingLoss]
          threshold: 0.5
          volumeStrataML: [0.1]
          scorePooling: {method: topMean, topSlices: 3}
        """
    }
}
