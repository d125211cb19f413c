import Evaluation

extension ForestPlot {
    /// The exam AUROC of every site.
    static func examAUROC(_ comparison: Comparison) -> ForestPlot {
        ForestPlot(
            rows: comparison.sites.map { site in
                Row(
                    name: site.name,
                    counts: counts(site),
                    federated: mark(site.federated.flatMap(\.auroc)),
                    localOnly: mark(site.localOnly.flatMap(\.auroc))
                )
            },
            title: "Forest plot of exam AUROC per site, federated and local-only",
            countsTitle: "n+ / n−",
            axisTitle: "AUROC (95 % CI)"
        )
    }

    /// The tile AUROC of every site; nil when no site reported one.
    static func tileAUROC(_ comparison: Comparison) -> ForestPlot? {
        guard comparison.sites.contains(where: { $0.federated.value?.tiles.value != nil }) else {
            return nil
        }
        return ForestPlot(
            rows: comparison.sites.map { site in
                Row(
                    name: site.name,
                    counts: site.federated.value?.tiles.value.map {
                        "\($0.positiveExams.text) / \($0.exams.text)"
                    } ?? "–",
                    federated: mark(site.federated.flatMap(\.tiles)),
                    localOnly: mark(site.localOnly.flatMap(\.tiles))
                )
            },
            title: "Forest plot of tile AUROC per site, federated and local-only",
            countsTitle: "exams+ / exams",
            axisTitle: "tile AUROC (95 % CI)"
        )
    }

    private static func counts(_ site: SiteComparison) -> String {
        guard let counts = site.federated.value?.counts else { return "–" }
        let text = { (count: Reported<Count>) in count.value?.text ?? "hidden" }
        return "\(text(counts.positives)) / \(text(counts.negatives))"
    }

    private static func mark(_ value: Reported<AUROCEstimate>) -> Result<Mark, Withheld> {
        switch value {
        case .withheld(let reason): .failure(reason)
        case .value(let area):
            .success(
                Mark(
                    estimate: area.estimate,
                    interval: area.interval.value,
                    standardError: area.standardError,
                    text: FigureText.auroc(value)
                )
            )
        }
    }

    private static func mark(_ value: Reported<TileSummary>) -> Result<Mark, Withheld> {
        switch value {
        case .withheld(let reason): .failure(reason)
        case .value(let area):
            .success(
                Mark(
                    estimate: area.estimate,
                    interval: area.interval.value,
                    standardError: area.standardError,
                    text: FigureText.tiles(value)
                )
            )
        }
    }
}
