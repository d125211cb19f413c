/// What a strategy needs of the rest of the plan: enough sites, and local steps it understands.
struct AggregationCheck {
    let rules: AggregationRules
    let quorum: Quorum
    let training: LocalTraining

    /// Reports what does not fit together, at its place in the plan.
    func report(to reader: SectionReader) {
        let name = rules.strategy.rawValue
        if quorum.sites < rules.sitesMin {
            reader.report(
                .inconsistent,
                "aggregation.strategy",
                "\(name) needs \(rules.sitesMin) updates in every round (\(rules.sitesMinReason)), "
                    + "but a round counts with quorum.sites \(quorum.sites); raise the quorum, "
                    + "or with few sites use normClippedMean"
            )
        }
        if let keep = rules.keep, let hostile = rules.byzantineSites,
            keep > max(1, quorum.sites - hostile)
        {
            reader.report(
                .inconsistent,
                "aggregation.keep",
                "must be at most quorum.sites − byzantineSites = \(quorum.sites - hostile)"
            )
        }
        reportWhatSitesLack(to: reader)
        if rules.strategy == .fednova && training.optimizer != .sgd {
            reader.report(
                .inconsistent,
                "localTraining.optimizer",
                "fednova counts the steps of sgd; adam's steps have no such sum"
            )
        }
        if rules.strategy == .scaffold && (training.optimizer != .sgd || training.momentum != 0) {
            reader.report(
                .inconsistent,
                "localTraining.optimizer",
                "scaffold corrects plain sgd steps: use optimizer sgd with momentum 0"
            )
        }
    }

    // Both rules are complete at the coordinator; agents that take part in them come later.
    private func reportWhatSitesLack(to reader: SectionReader) {
        if rules.strategy == .scaffold {
            reader.report(
                .inconsistent,
                "aggregation.strategy",
                "agents of this version keep no control variates; use fednova or fedprox"
            )
        }
        if rules.privateTensors != nil {
            reader.report(
                .inconsistent,
                "aggregation.privateTensors",
                "agents of this version share every tensor; leave the list out"
            )
        }
    }
}

extension AggregationRules {
    /// The fewest updates the rule can be computed from and still do what it promises.
    package var sitesMin: Int {
        switch strategy {
        case .fedavg, .fedprox, .fedavgm, .fedadam, .fedyogi, .fedadagrad, .fednova, .scaffold,
            .normClippedMean:
            1
        case .median, .geometricMedian: 5
        case .trimmedMean: max(5, 2 * (trimEachSide ?? 0) + 1)
        case .krum, .multiKrum: 2 * (byzantineSites ?? 0) + 3
        case .bulyan: 4 * (byzantineSites ?? 0) + 3
        }
    }

    /// Why so many, in a few words.
    var sitesMinReason: String {
        switch strategy {
        case .krum, .multiKrum: "2 × byzantineSites + 3"
        case .bulyan: "4 × byzantineSites + 3"
        case .trimmedMean: "2 × trimEachSide + 1, and not below 5"
        default: "below that one hostile site still decides"
        }
    }
}
