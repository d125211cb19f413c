extension Plan {
    /// The strategy that carries out the plan's rules in a run of so many sites.
    package func makeStrategy(sitesInRun: Int) -> any AggregationStrategy {
        let rules = aggregation
        let own = privateTensors
        switch rules.strategy {
        case .fedavg: return own.patterns.isEmpty ? FedAvg() : FedBN(privateTensors: own)
        case .fedprox:
            return FedProx(proximalWeight: rules.proximalWeight ?? 0, privateTensors: own)
        case .fedavgm: return FedAvgM(optimizer(.momentum), privateTensors: own)
        case .fedadam: return FedAdam(optimizer(.adam), privateTensors: own)
        case .fedyogi: return FedYogi(optimizer(.yogi), privateTensors: own)
        case .fedadagrad: return FedAdagrad(optimizer(.adagrad), privateTensors: own)
        case .fednova: return FedNova(momentum: localTraining.momentum, privateTensors: own)
        case .scaffold: return scaffold(sites: sitesInRun, own)
        case .fedbuff:
            return FedBuff(serverLearningRate: rules.serverLearningRate ?? 1, privateTensors: own)
        case .normClippedMean:
            return NormClippedMean(clipNorm: rules.clipNorm ?? .infinity, privateTensors: own)
        case .median:
            return CoordinateMedian(
                isWeighted: rules.weighting == .examples,
                privateTensors: own
            )
        case .geometricMedian: return GeometricMedian(privateTensors: own)
        case .trimmedMean:
            return TrimmedMean(trimEachSide: rules.trimEachSide ?? 1, privateTensors: own)
        case .krum: return Krum(byzantineSites: rules.byzantineSites ?? 0, privateTensors: own)
        case .multiKrum:
            return Krum(
                byzantineSites: rules.byzantineSites ?? 0,
                kept: rules.keep,
                privateTensors: own
            )
        case .bulyan: return Bulyan(byzantineSites: rules.byzantineSites ?? 0, privateTensors: own)
        }
    }

    private func optimizer(_ kind: ServerOptimizer.Kind) -> ServerOptimizer {
        ServerOptimizer(
            kind: kind,
            learningRate: aggregation.serverLearningRate ?? 1,
            beta1: aggregation.serverMomentum ?? 0.9,
            beta2: aggregation.secondMoment ?? 0.99,
            tau: aggregation.tau ?? 1e-3
        )
    }

    private func scaffold(sites: Int, _ own: PrivateTensors) -> Scaffold {
        Scaffold(
            serverLearningRate: aggregation.serverLearningRate ?? 1,
            localLearningRate: localTraining.learningRate,
            totalSites: sites,
            privateTensors: own
        )
    }
}
