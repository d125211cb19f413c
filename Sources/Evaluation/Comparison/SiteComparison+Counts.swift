extension SiteComparison {
    /// The metrics it has, of the federated and of the local-only model.
    package var models: [SiteMetrics] {
        [federated.value, localOnly.value].compactMap { $0 }
    }

    /// Every count of exams or files in it, with the complement of each rate.
    ///
    /// What a rule about small numbers has to look at; of a band the largest count it can be.
    package var releasedCounts: [Int] {
        (intake.value?.counts ?? []) + models.flatMap(\.releasedCounts)
    }
}

extension IntakeCounts {
    fileprivate var counts: [Int] {
        ([files, accepted, quarantined, trainingExams, testExams] + quarantine.map(\.files))
            .flatMap(\.counts)
    }
}

extension SiteMetrics {
    fileprivate var releasedCounts: [Int] {
        let point = operatingPoint.value
        let rates = [
            point?.sensitivity, point?.specificity, point?.positivePredictiveValue,
            point?.negativePredictiveValue, point?.falsePositiveShare,
        ].compactMap { $0 }
        let strata = (volumeStrata.value ?? []) + (byType.value ?? [])
        let dice = dice.value
        let overlaps = [dice?.falseAlarms, dice?.trueNegatives].compactMap { $0 }
        let cases = [dice?.cases, tiles.value?.exams, tiles.value?.positiveExams]
        let cells =
            [counts.exams, counts.positives, counts.negatives] + overlaps
            + strata.flatMap { [$0.total, $0.detected] }
        return cells.flatMap(\.counts)
            + (rates + strata.map(\.sensitivity)).flatMap { $0.value?.counts ?? [] }
            + cases.compactMap { $0?.largest }
    }
}

extension RateEstimate {
    fileprivate var counts: [Int] {
        let rest =
            if let counted = numerator.exact, let all = denominator.exact { all - counted } else {
                0
            }
        return [numerator.largest, denominator.largest, rest]
    }
}

extension Reported<Count> {
    fileprivate var counts: [Int] { [value?.largest].compactMap { $0 } }
}

extension Count {
    fileprivate var largest: Int { through ?? .max }
}
