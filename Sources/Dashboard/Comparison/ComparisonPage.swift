package import Evaluation

/// The comparison as one self-contained page (`comparison.html`).
///
/// No script, nothing loaded from elsewhere, no style attributes; readable in print, light, dark.
package enum ComparisonPage {
    /// The whole document.
    package static func html(_ comparison: Comparison) -> String {
        let sections = [
            head(comparison), forest(comparison), rates(comparison), masks(comparison),
            strata(comparison), means(comparison), rounds(comparison), intake(comparison),
            methods(comparison),
        ]
        let page: Markup = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" \
            content="default-src 'none'; style-src 'unsafe-inline'">
            <title>\(comparison.name): comparison of sites</title>
            <style>
            \(Markup(stringLiteral: PageStyle.sheet))
            </style>
            </head>
            <body>
            \(sections)
            </body>
            </html>

            """
        return page.text
    }

    private static func head(_ comparison: Comparison) -> Markup {
        let warnings = comparison.data == .simulated ? [Comparison.phantomWarning] : []
        return """
            <header>
            <h1>\(comparison.name): federated beside local-only, site by site</h1>
            <p class="soft">\(comparison.sites.count) sites, \(comparison.rounds.count) rounds, \
            seed \(comparison.seed), threshold \(FigureText.fixed(comparison.plan.threshold, 2))</p>
            \(warnings.map { "<p class=\"warning\">\($0)</p>" as Markup })
            <dl>
            <dt>model</dt><dd><code>\(comparison.model.sha256)</code></dd>
            <dt>plan</dt><dd>\(comparison.plan.name) <code>\(comparison.plan.sha256)</code></dd>
            </dl>
            </header>
            """
    }

    private static func forest(_ comparison: Comparison) -> Markup {
        let tiles: Markup =
            ForestPlot.tileAUROC(comparison).map {
                """
                <section>
                <h2>AUROC of image tiles against the masks</h2>
                <figure>\($0.svg)\(legend(tileCounts))</figure>
                </section>
                """
            } ?? ""
        let differences = HTMLTable(
            caption: "Federated minus local-only AUROC on the same exams (paired DeLong, 95 % CI)",
            header: ["site", "difference"],
            rows: comparison.sites.map {
                [text($0.name), reported($0.difference, FigureText.difference)]
            }
        )
        return """
            <section>
            <h2>Exam AUROC on each site's own test exams</h2>
            <figure>\(ForestPlot.examAUROC(comparison).svg)\(legend(examCounts))</figure>
            \(differences.markup)
            </section>
            \(tiles)
            """
    }

    private static let examCounts = "n+ / n− are test exams with and without haemorrhage"
    private static let tileCounts =
        "exams+ / exams are test exams with a positive tile and with any; lines come from leaving "
        + "out one exam at a time"

    private static func legend(_ counts: String) -> Markup {
        """
        <figcaption>■ federated model, area of the square = weight (1/SE²); ○ local-only model; \
        lines are 95 % confidence intervals; \(counts).</figcaption>
        """
    }

    private static func rates(_ comparison: Comparison) -> Markup {
        let table = HTMLTable(
            caption: "Threshold fixed in the plan; Wilson 95 % CI; detected or correct / cases",
            header: ["site", "model", "sensitivity", "specificity", "PPV", "false alarms"],
            rows: comparison.sites.flatMap { site in
                models(of: site).map { name, metrics in
                    let point = metrics.flatMap(\.operatingPoint)
                    return [
                        text(site.name), text(name),
                        reported(point.flatMap(\.sensitivity), FigureText.rate),
                        reported(point.flatMap(\.specificity), FigureText.rate),
                        reported(point.flatMap(\.positivePredictiveValue), FigureText.rate),
                        reported(point.flatMap(\.falsePositiveShare), FigureText.falseAlarms),
                    ]
                }
            }
        )
        return """
            <section>
            <h2>At threshold \(FigureText.fixed(comparison.plan.threshold, 2))</h2>
            \(table.markup)
            </section>
            """
    }

    private static func masks(_ comparison: Comparison) -> Markup {
        let table = HTMLTable(
            caption: "Per exam, over exams with a reference lesion",
            header: ["site", "model", "Dice", "tile AUROC (95 % CI)"],
            rows: comparison.sites.flatMap { site in
                models(of: site).map { name, metrics in
                    [
                        text(site.name), text(name),
                        reported(metrics.flatMap(\.dice), FigureText.dice),
                        reported(metrics.flatMap(\.tiles), FigureText.tiles),
                    ]
                }
            }
        )
        return """
            <section>
            <h2>Against the reference masks</h2>
            \(table.markup)
            </section>
            """
    }

    private static func strata(_ comparison: Comparison) -> Markup {
        let rows = comparison.sites.flatMap { site in
            DetectionRow.volumes(of: site).map { row in
                [
                    text(site.name), text(row.label), reported(row.federated, FigureText.rate),
                    reported(row.localOnly, FigureText.rate),
                ]
            }
        }
        let table = HTMLTable(
            caption: "Positive exams detected at the threshold; Wilson 95 % CI; detected / cases",
            header: ["site", "volume", "federated", "local-only"],
            rows: rows
        )
        return """
            <section>
            <h2>Haemorrhages detected by volume</h2>
            \(table.markup)
            </section>
            """
    }
}
