/// What a strategy needs of the rest of the plan: enough sites, local steps it understands, and
/// rounds that fit it.
struct AggregationCheck {
    let rules: AggregationRules
    let quorum: Quorum
    let training: LocalTraining
    let stragglers: StragglerRule
    let sampling: SamplingRules?
    let selection: SelectionRules?

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
        if rules.strategy == .fednova && training.optimizer != .sgd {
            reader.report(
                .inconsistent,
                "localTraining.optimizer",
                "fednova counts the steps of sgd; adam's steps have no such sum"
            )
        }
        if rules.strategy == .scaffold { reportScaffold(to: reader) }
        if rules.isAsynchronous { reportAsynchronous(to: reader) }
        if rules.privateTensors != nil && selection?.rule == .best {
            reader.report(
                .inconsistent,
                "selection.rule",
                "an earlier model does not fit the private tensors that a site has by the end; "
                    + "use last"
            )
        }
    }

    private func reportScaffold(to reader: SectionReader) {
        if training.optimizer != .sgd || training.momentum != 0 {
            reader.report(
                .inconsistent,
                "localTraining.optimizer",
                "scaffold corrects plain sgd steps: use optimizer sgd with momentum 0"
            )
        }
        if stragglers == .countLate {
            reader.report(
                .inconsistent,
                "stragglers",
                "scaffold's control variates belong to one round: use close or wait"
            )
        }
    }

    private func reportAsynchronous(to reader: SectionReader) {
        if let buffer = rules.buffer, buffer < quorum.sites {
            reader.report(
                .inconsistent,
                "aggregation.buffer",
                "a round closes with \(buffer) updates, but quorum.sites needs \(quorum.sites)"
            )
        }
        if stragglers == .countLate {
            reader.report(
                .inconsistent,
                "stragglers",
                "fedbuff counts every late update already, up to maximumStaleness: use close or wait"
            )
        }
        if sampling != nil {
            reader.report(
                .inconsistent,
                "sampling",
                "fedbuff takes whoever is ready: leave the section out"
            )
        }
    }
}

extension AggregationRules {
    /// The fewest updates the rule can be computed from and still do what it promises.
    package var sitesMin: Int {
        switch strategy {
        case .fedavg, .fedprox, .fedavgm, .fedadam, .fedyogi, .fedadagrad, .fednova, .scaffold,
            .fedbuff, .normClippedMean:
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
