/// The comparison as plain text for a terminal (`fedcompare sites`).
package enum ComparisonTable {
    /// All sections, at most `width` columns wide (60 at the least), without colour.
    package static func render(_ comparison: Comparison, width: Int) -> String {
        let width = max(width, 60)
        let sections = [
            head(comparison, width), discrimination(comparison, width),
            rates(comparison, width), masks(comparison, width), strata(comparison, width),
            means(comparison, width), rounds(comparison, width), intake(comparison, width),
            ledgers(comparison, width), notes(comparison, width),
        ]
        return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
            .joined(separator: "\n\n") + "\n"
    }

    private static func head(_ comparison: Comparison, _ width: Int) -> [String] {
        let counts =
            "\(comparison.sites.count) sites, \(comparison.rounds.count) rounds, "
            + "seed \(comparison.seed)"
        return FoldedText.lines("\(comparison.name): \(counts)", to: width) + [
            "model  \(comparison.model.sha256)", "plan   \(comparison.plan.sha256)",
        ]
    }

    private static func discrimination(_ comparison: Comparison, _ width: Int) -> [String] {
        let rows = comparison.sites.map { site in
            let counts = site.federated.value?.counts
            return [
                site.id, short(counts?.positives), short(counts?.negatives),
                FigureText.auroc(site.federated.flatMap(\.auroc)),
                FigureText.auroc(site.localOnly.flatMap(\.auroc)),
                FigureText.difference(site.difference),
            ]
        }
        return section(
            "Exam AUROC (95 % CI) on each site's own test exams",
            ["site", "n+", "n−", "federated", "local-only", "difference (paired)"],
            rows,
            width
        )
    }

    private static func rates(_ comparison: Comparison, _ width: Int) -> [String] {
        let rows = comparison.sites.flatMap { site in
            models(of: site).map { name, metrics in
                let point = metrics.flatMap(\.operatingPoint)
                return [
                    site.id, name, FigureText.rate(point.flatMap(\.sensitivity)),
                    FigureText.rate(point.flatMap(\.specificity)),
                    FigureText.rate(point.flatMap(\.positivePredictiveValue)),
                    FigureText.falseAlarms(point.flatMap(\.falsePositiveShare)),
                ]
            }
        }
        return section(
            "At the plan's threshold \(FigureText.fixed(comparison.plan.threshold, 2)) "
                + "(95 % CI, Wilson)",
            ["site", "model", "sensitivity", "specificity", "PPV", "false alarms"],
            rows,
            width
        )
    }

    private static func masks(_ comparison: Comparison, _ width: Int) -> [String] {
        let rows = comparison.sites.flatMap { site in
            models(of: site).map { name, metrics in
                [
                    site.id, name, FigureText.dice(metrics.flatMap(\.dice)),
                    FigureText.tiles(metrics.flatMap(\.tiles)),
                ]
            }
        }
        return section(
            "Against the reference masks",
            ["site", "model", "Dice", "tile AUROC (95 % CI)"],
            rows,
            width
        )
    }

    private static func strata(_ comparison: Comparison, _ width: Int) -> [String] {
        let rows = comparison.sites.flatMap { site in
            DetectionRow.volumes(of: site).map { row in
                [
                    site.id, row.label, FigureText.rate(row.federated),
                    FigureText.rate(row.localOnly),
                ]
            }
        }
        return section(
            "Haemorrhages detected by volume (95 % CI, Wilson)",
            ["site", "volume", "federated", "local-only"],
            rows,
            width
        )
    }

    private static func means(_ comparison: Comparison, _ width: Int) -> [String] {
        guard !comparison.means.isEmpty else { return [] }
        let rows = comparison.means.map { mean in
            [
                FigureText.metricName(mean.metric), FigureText.fixed(mean.federated, 3),
                FigureText.fixed(mean.localOnly, 3), mean.sites.joined(separator: ", "),
            ]
        }
        return section(
            "Means over the sites that reported both (unweighted, not pooled)",
            ["metric", "federated", "local-only", "sites"],
            rows,
            width
        )
    }

    private static func rounds(_ comparison: Comparison, _ width: Int) -> [String] {
        guard !comparison.rounds.isEmpty else { return [] }
        let rows = comparison.rounds.map { round in
            let call = round.rollCall
            let later = call.stillTraining.map { "\($0) still training" }
            let absent =
                call.missing.map { "\($0.absence.site) \($0.group): \($0.absence.reason)" }
                + later
            return [
                String(round.number), round.loss.map { FigureText.fixed($0, 4) } ?? "withheld",
                FigureText.bytes(round.bytes), "\(FigureText.fixed(round.seconds, 1)) s",
                "\(call.contributed.count) of \(call.contributed.count + absent.count)",
                absent.isEmpty ? "–" : absent.joined(separator: "; "),
            ]
        }
        return section(
            "Rounds",
            ["round", "loss", "bytes", "time", "sites", "absent"],
            rows,
            width
        )
    }

    private static func intake(_ comparison: Comparison, _ width: Int) -> [String] {
        let rows = comparison.sites.map { site in
            let reasons = site.intake.map(\.quarantine)
                .map { $0.map { "\($0.reason) \(FigureText.shortCount($0.files))" } }
            return [
                site.id, FigureText.shortCount(site.intake.flatMap(\.files)),
                FigureText.shortCount(site.intake.flatMap(\.accepted)),
                reasons.value.map { $0.isEmpty ? "none" : $0.joined(separator: "\n") }
                    ?? reasons.withheld?.text ?? "",
            ]
        }
        return section(
            "Files taken in (\(FigureText.shortCounts))",
            ["site", "files", "accepted", "quarantined"],
            rows,
            width
        )
    }

    private static func ledgers(_ comparison: Comparison, _ width: Int) -> [String] {
        let rows = comparison.sites.compactMap { site in site.egressLedger.map { [site.id, $0] } }
        guard !rows.isEmpty else { return [] }
        return section(
            "What left each site (`fedagent egress list` shows its ledger)",
            ["site", "ledger"],
            rows,
            width
        )
    }

    private static func notes(_ comparison: Comparison, _ width: Int) -> [String] {
        comparison.notes.flatMap { note in
            FoldedText.lines(note, to: width - 2).enumerated().map {
                ($0.offset == 0 ? "* " : "  ") + $0.element
            }
        }
    }

    /// A titled table; a site is named on its first line only.
    private static func section(
        _ title: String,
        _ header: [String],
        _ rows: [[String]],
        _ width: Int
    ) -> [String] {
        var site = ""
        let named = rows.map { row -> [String] in
            guard header.first == "site", row.first == site else {
                site = row.first ?? ""
                return row
            }
            return [""] + row.dropFirst()
        }
        return FoldedText.lines(title, to: width)
            + TextTable(header: header, rows: named).lines(width: width)
    }

    private static func models(
        of site: SiteComparison
    ) -> [(name: String, metrics: Reported<SiteMetrics>)] {
        [("federated", site.federated), ("local-only", site.localOnly)]
    }

    private static func short(_ count: Reported<Count>?) -> String {
        count.map(FigureText.shortCount) ?? "–"
    }
}
