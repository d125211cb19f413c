import Evaluation
import Testing

/// A made-up run of four sites that meets every state a comparison can show.
enum ComparisonSample {
    static func make() throws -> Comparison {
        let request = MetricsRequest(threshold: 0.5)
        let sites: [(id: String, name: String, make: (Double) -> [ExamResult])] = [
            ("childrens", "St Nicholas Children's", { exams(11, 109, seed: 3, quality: $0) }),
            ("community", "Lakeside Community <North>", { exams(6, 194, seed: 2, quality: $0) }),
            ("trauma", "Harbour Trauma Centre", { exams(28, 0, seed: 4, quality: $0) }),
            ("university", "University Hospital", { exams(46, 104, seed: 1, quality: $0) }),
        ]
        var reports = try sites.map { site in
            let federated = site.make(1.9)
            let local = site.make(1.1)
            return SiteComparison(
                id: site.id,
                name: site.name,
                intake: .value(
                    IntakeCounts.report(
                        accepted: 4210,
                        quarantined: ["burned-in-text": 12, "localizer": 240, "not-axial": 2],
                        trainingExams: 480,
                        testExams: federated.count,
                        policy: .standard
                    )
                ),
                federated: .value(
                    try SiteMetrics.compute(exams: federated, request: request, policy: .standard)
                ),
                localOnly: .value(
                    try SiteMetrics.compute(exams: local, request: request, policy: .standard)
                ),
                difference: try DifferenceEstimate.compute(
                    federated: federated,
                    localOnly: local,
                    request: request,
                    policy: .standard
                ),
                egressLedger: "sites/\(site.id)/egress"
            )
        }
        reports.append(SiteComparison(id: "rural", name: "Rural ED"))
        return Comparison(
            name: "quickstart",
            data: .simulated,
            model: ModelReference(
                sha256: String(repeating: "3f2a", count: 16),
                parameters: 118_000,
                bytes: 473_112
            ),
            plan: PlanReference(
                sha256: String(repeating: "91bc", count: 16),
                name: "quickstart",
                threshold: 0.5,
                volumeStrataML: [0.1, 5, 25]
            ),
            seed: 7,
            rounds: rounds,
            sites: reports
        )
    }

    /// Exams with normal-looking scores that separate with `quality`, the same cases for each.
    private static func exams(
        _ positives: Int,
        _ negatives: Int,
        seed: UInt64,
        quality: Double
    ) -> [ExamResult] {
        var state = seed
        func uniform() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) / Double(1 << 53)
        }
        func noise() -> Double { (0..<12).reduce(-6) { sum, _ in sum + uniform() } }
        let types = ["epidural", "intraparenchymal", "subarachnoid", "subdural"]
        return (0..<(positives + negatives)).map { index in
            let isPositive = index < positives
            let volume = isPositive ? [0.06, 1.5, 3, 9, 14, 40][index % 6] : nil
            let shift = isPositive ? quality * (0.55 + 0.15 * Double(index % 6)) : -quality / 2
            let logit = noise() * 0.9 + shift
            let score = NormalDistribution.cumulative(logit)
            var overlap = MaskOverlap()
            if isPositive {
                let hit = Int(20 * min(0.95, 0.35 * quality * (0.6 + 0.4 * uniform())))
                overlap.add(
                    reference: (0..<30).map { $0 < 20 },
                    prediction: (0..<30).map { $0 < hit },
                    voxelVolumeML: 0.1
                )
            }
            var tiles = TileScoring().emptyHistogram()
            for tile in 0..<12 {
                let isMarked = isPositive && tile < 2
                let value = noise() + (isMarked ? quality : -2)
                tiles.add(NormalDistribution.cumulative(value), isPositive: isMarked)
            }
            return ExamResult(
                score: score,
                label: isPositive,
                volumeML: volume,
                types: isPositive ? [types[index % 4]] : [],
                overlap: isPositive ? overlap : nil,
                tiles: tiles
            )
        }
    }

    private static var rounds: [RoundSummary] {
        let ids = ["childrens", "community", "rural", "trauma", "university"]
        return (1...6).map { number in
            let present = number == 4 ? ids.filter { $0 != "rural" } : ids
            let sites = present.enumerated().map { index, id in
                RoundSummary.SiteLoss(
                    site: id,
                    loss: 0.75 / Double(number + index % 3) + 0.08 * Double(index),
                    bytes: 473_112,
                    seconds: 4.2 + Double(index)
                )
            }
            let losses = sites.compactMap(\.loss)
            return RoundSummary(
                number: number,
                loss: losses.reduce(0, +) / Double(losses.count),
                bytes: 2 * 473_112 * present.count,
                seconds: 9.4,
                rollCall: .init(
                    contributed: present,
                    late: number == 4 ? [.init(site: "rural", reason: "deadline")] : [],
                    shareOfExams: number == 4 ? 0.84 : 1
                ),
                sites: sites
            )
        }
    }
}
