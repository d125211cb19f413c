import CanonicalJSON

/// A plan on one page, in words a site admin can approve.
package struct PlanSummary: Sendable, Hashable {
    private let plan: Plan

    /// The summary of a plan.
    package init(_ plan: Plan) { self.plan = plan }

    /// The page: at most 60 lines of at most 100 columns, without the digits of floating noise.
    package var text: String {
        ([heading] + [cohort, images, training, rounds, leaving].map(Self.section))
            .joined(separator: "\n\n") + "\n"
    }

    private var heading: String {
        let words = Self.wrapped(plan.description, width: 96)
        return "Plan \(plan.name)\n\(words)\n\nSHA-256 \(plan.sha256)"
    }

    private var cohort: (String, [String]) {
        let rules = plan.cohort
        return (
            "Which exams",
            [
                "at least \(rules.minimumExams) labelled exams at your site",
                rules.requireMasks
                    ? "only exams with a haemorrhage mask" : "exams with or without a mask",
                "\(Self.percent(rules.splitTestFraction)) of patients held back for testing "
                    + "(split by patient, seed \(rules.splitSeed))",
            ]
        )
    }

    private var images: (String, [String]) {
        let rules = plan.preprocessing
        let windows = rules.windows.map {
            "\($0.name) \(Self.plain($0.center))/\(Self.plain($0.width)) HU"
        }
        return (
            "How images are prepared (at your site)",
            [
                "slices every \(Self.plain(rules.sliceSpacingMM)) mm, "
                    + "\(rules.gridSize) x \(rules.gridSize) pixels of "
                    + "\(Self.plain(rules.pixelSpacingMM)) mm, slabs of \(rules.slabDepth) slices",
                "windows: " + windows.joined(separator: ", "),
            ]
        )
    }

    private var training: (String, [String]) {
        let rules = plan.localTraining
        let length =
            rules.stepsPerRound.map { "\($0) steps" } ?? "\(rules.epochs ?? 0) passes"
        let architecture = plan.model["architecture"]?.stringValue ?? "as described in the plan"
        return (
            "What your machine does",
            [
                "network: \(architecture)",
                "\(length) a round of \(rules.batchSize) examples on \(rules.threads) threads, "
                    + "\(rules.optimizer.rawValue), learning rate \(Self.plain(rules.learningRate))",
                plan.aggregation.strategy == .scaffold
                    ? "scaffold: your site keeps a control variate of the network's size, and gets "
                        + "the federation's with each model"
                    : nil,
                plan.baseline.localOnly
                    ? "a model on your data alone, for comparison; it stays at your site"
                    : "no local-only model",
            ].compactMap { $0 }
        )
    }

    private var rounds: (String, [String]) {
        let quorum = plan.quorum
        return (
            "How the federation works",
            [
                stragglers
            ] + schedule + [
                "a round counts with \(quorum.sites) sites holding "
                    + "\(Self.percent(quorum.examShare)) of the exams",
                AggregationWords(plan.aggregation).text,
            ] + selection + limits
        )
    }

    private var stragglers: String {
        let rounds =
            "\(plan.rounds) rounds"
            + (plan.sampling.map { " of \($0.sites) sites each, drawn by lot" } ?? "")
        let limit = "\(plan.deadlineSeconds) s"
        if let buffer = plan.aggregation.buffer, let oldest = plan.aggregation.maximumStaleness {
            return
                "\(plan.rounds) rounds without waiting for each other: each closes with \(buffer) "
                + "updates or after \(limit); what a site sends later counts less, up to \(oldest) "
                + "rounds later"
        }
        return switch plan.stragglers {
        case .close:
            "\(rounds), each closing after at most \(limit); "
                + "sites that are late are left out of the round and named"
        case .wait: "\(rounds) of \(limit), which wait for sites that are late and name them"
        case .countLate:
            "\(rounds), each closing after at most \(limit); "
                + "what a late site sends then counts in the next round"
        }
    }

    private var schedule: [String] {
        plan.schedule.map { ["works only \($0.text); outside of it time stands still"] } ?? []
    }

    private var selection: [String] {
        guard let rules = plan.selection, rules.needsScores else { return [] }
        let result =
            rules.rule == .best
            ? "the result is the model with the highest exam AUROC on held-back exams" : nil
        let stop = rules.patience.map { patience in
            "the run stops after \(patience) rounds without a gain"
                + (rules.minimumGain > 0 ? " of \(Self.plain(rules.minimumGain))" : "")
        }
        return [[result, stop].compactMap { $0 }.joined(separator: "; ")]
    }

    private var limits: [String] {
        let rules = plan.updateValidation
        return [
            rules.maximumNorm.map { "updates with a norm above \(Self.plain($0)) are refused" },
            rules.normMedianFactor.map {
                "updates longer than \(Self.plain($0)) times the median of the round before are refused"
            },
            rules.maximumAbs.map { "updates with a value above \(Self.plain($0)) are refused" },
        ].compactMap { $0 }
    }

    private var leaving: (String, [String]) {
        let strata = plan.metrics.volumeStrataML.map(Self.plain).joined(separator: ", ")
        return (
            "What leaves your site",
            [
                AggregationWords(plan.aggregation).leaving,
                plan.updateCompression.map { "written as " + $0.text },
                plan.selection?.needsScores ?? false
                    ? "the exam AUROC of the model you receive on your held-back exams, once a round"
                    : nil,
                "these aggregates, after your own disclosure control: "
                    + plan.metrics.allowed.map(\.rawValue).joined(separator: ", "),
                "positive from a score of \(Self.plain(plan.metrics.threshold)); "
                    + "volume strata at \(strata.isEmpty ? "none" : strata + " mL")",
                "nothing else: no image, no header value, no file name, no identifier",
            ].compactMap { $0 }
        )
    }

    private static func section(_ section: (title: String, lines: [String])) -> String {
        let lines = section.lines.map { "  - " + wrapped($0, width: 94, indent: "    ") }
        return ([section.title] + lines).joined(separator: "\n")
    }

    private static func percent(_ fraction: Double) -> String {
        plain((fraction * 1000).rounded() / 10) + " %"
    }

    private static func plain(_ value: Double) -> String {
        let text = String(value)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    private static func wrapped(_ text: String, width: Int, indent: String = "") -> String {
        var lines: [String] = []
        var line = ""
        for word in text.split(whereSeparator: \.isWhitespace) {
            if !line.isEmpty && line.count + 1 + word.count > width {
                lines.append(line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        return (lines + [line]).joined(separator: "\n" + indent)
    }
}
