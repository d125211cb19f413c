import Evaluation

extension ComparisonPage {
    static func means(_ comparison: Comparison) -> Markup {
        guard !comparison.means.isEmpty else { return "" }
        let table = HTMLTable(
            caption: "Unweighted, over the sites that reported both; not a pooled data set",
            header: ["metric", "federated", "local-only", "sites"],
            numbers: [1, 2],
            rows: comparison.means.map { mean in
                [
                    text(FigureText.metricName(mean.metric)),
                    text(FigureText.fixed(mean.federated, 3)),
                    text(FigureText.fixed(mean.localOnly, 3)),
                    text(mean.sites.joined(separator: ", ")),
                ]
            }
        )
        return """
            <section>
            <h2>Means over sites</h2>
            \(table.markup)
            </section>
            """
    }

    static func rounds(_ comparison: Comparison) -> Markup {
        guard !comparison.rounds.isEmpty else { return "" }
        let curves: Markup =
            RoundCurves(rounds: comparison.rounds).svg.map {
                """
                <figure>\($0)<figcaption>Mean training loss of each site and of the round; a gap \
                is a round the site is not in.</figcaption></figure>
                """
            } ?? "<p class=\"none\">The plan keeps training losses at the sites.</p>"
        let table = HTMLTable(
            caption: "Bytes are those of the updates that the sites sent",
            header: ["round", "loss", "bytes", "time", "sites", "share of exams", "absent"],
            numbers: [1, 2, 3, 4, 5],
            rows: comparison.rounds.map(row)
        )
        return """
            <section>
            <h2>Rounds</h2>
            \(curves)
            \(table.markup)
            </section>
            """
    }

    private static func row(_ round: RoundSummary) -> [Markup] {
        let call = round.rollCall
        let later = call.stillTraining.map { "\($0) still training" }
        let absent =
            call.missing.map { "\($0.absence.site) \($0.group): \($0.absence.reason)" } + later
        return [
            text(String(round.number)),
            text(round.loss.map { FigureText.fixed($0, 4) } ?? "withheld"),
            text(FigureText.bytes(round.bytes)), text("\(FigureText.fixed(round.seconds, 1)) s"),
            text("\(call.contributed.count) of \(call.contributed.count + absent.count)"),
            text(call.shareOfExams.map { "\(FigureText.percent($0)) %" } ?? "–"),
            text(absent.isEmpty ? "–" : absent.joined(separator: "; ")),
        ]
    }

    static func intake(_ comparison: Comparison) -> Markup {
        let table = HTMLTable(
            caption: "Files read, kept after de-identification, and set aside with their reason; "
                + FigureText.shortCounts,
            header: ["site", "files", "accepted", "quarantined"],
            numbers: [1, 2],
            rows: comparison.sites.map { site in
                [
                    text(site.name), count(site.intake.flatMap(\.files)),
                    count(site.intake.flatMap(\.accepted)), reasons(site.intake),
                ]
            }
        )
        return """
            <section>
            <h2>What came in and what went out</h2>
            \(table.markup)
            \(ledgers(comparison))
            </section>
            """
    }

    /// One reason a line.
    private static func reasons(_ intake: Reported<IntakeCounts>) -> Markup {
        switch intake {
        case .withheld(let reason): return "<span class=\"none\">\(reason.text)</span>"
        case .value(let counts):
            let lines = counts.quarantine.map { reason -> Markup in
                "<div>\(reason.reason) \(count(reason.files))</div>"
            }
            return lines.isEmpty ? "none" : "\(lines)"
        }
    }

    private static func count(_ count: Reported<Count>) -> Markup {
        switch count {
        case .value(let value): text(value.text)
        case .withheld(let reason): "<span class=\"none\">\(reason.shortText)</span>"
        }
    }

    /// Where each site lists all that left it.
    private static func ledgers(_ comparison: Comparison) -> Markup {
        let known = comparison.sites.compactMap { site in
            site.egressLedger.map { "<dt>\(site.name)</dt><dd><code>\($0)</code></dd>" as Markup }
        }
        guard !known.isEmpty else { return "" }
        return """
            <p>Every message that left a site, with its time, kind, size and SHA-256, is in the \
            site's own ledger; <code>fedagent egress list</code> shows it:</p>
            <dl>
            \(known)
            </dl>
            """
    }

    static func methods(_ comparison: Comparison) -> Markup {
        """
        <section>
        <h2>Methods and notes</h2>
        <p>\(comparison.methods)</p>
        <ul>
        \(comparison.notes.map { "<li>\($0)</li>" as Markup })
        </ul>
        <p class="soft">Schema <code>\(comparison.schema)</code>; the figures are those of \
        comparison.json beside this page.</p>
        </section>
        """
    }

    static func text(_ text: String) -> Markup { "\(text)" }

    /// A figure that breaks between its parts, never inside an interval such as `(0.45–0.72)`.
    static func figure(_ text: String) -> Markup {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        let parts = words.enumerated().map { index, word -> Markup in
            let space = index == 0 ? "" : " "
            guard word.contains("–") || word.contains("/") else {
                return "\(space)\(String(word))"
            }
            return "\(space)<span class=\"key\">\(String(word))</span>"
        }
        return Markup(joining: parts)
    }

    /// A shown value, or its reason in another style, so that neither passes for the other.
    static func reported<Value>(
        _ value: Reported<Value>,
        _ format: (Reported<Value>) -> String
    ) -> Markup {
        switch value {
        case .value: return figure(format(value))
        case .withheld(let reason):
            let words = format(value)
            return "<span class=\"none\">\(words.isEmpty ? reason.text : words)</span>"
        }
    }

    static func models(
        of site: SiteComparison
    ) -> [(name: String, metrics: Reported<SiteMetrics>)] {
        [("federated", site.federated), ("local-only", site.localOnly)]
    }
}
