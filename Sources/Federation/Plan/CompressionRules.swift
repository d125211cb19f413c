/// How a site's update is written to be smaller (`updateCompression` of the plan; Protocol.md 5.6.1).
package struct CompressionRules: Sendable, Hashable, Codable {
    /// The forms, each a published one.
    package enum Encoding: String, Sendable, Hashable, Codable, CaseIterable {
        /// IEEE 754 binary16: two bytes a weight.
        case float16
        /// The upper half of binary32: two bytes a weight, the range of four.
        case bfloat16
        /// One byte a weight and one scale a tensor, with error feedback: quantization as in Alistarh
        /// et al., "QSGD", NIPS 2017, here rounded to the nearest, so that it repeats; what rounding
        /// left out is sent later, as in Seide et al., "1-Bit Stochastic Gradient Descent",
        /// Interspeech 2014.
        case int8
        /// The largest weights of each tensor only, with error feedback: Stich et al., "Sparsified SGD
        /// with Memory", NeurIPS 2018; Karimireddy et al., "Error Feedback Fixes SignSGD and other
        /// Gradient Compression Schemes", ICML 2019.
        case topK

        /// Whether what was left out of a round is added to the next update.
        package var hasErrorFeedback: Bool { self == .int8 || self == .topK }
    }

    /// The form.
    package var encoding: Encoding
    /// The share of each tensor's weights that is sent, above 0 to 0.5; for topK.
    package var fraction: Double?

    /// Rules; `fraction` belongs to topK.
    package init(_ encoding: Encoding, fraction: Double? = nil) {
        (self.encoding, self.fraction) = (encoding, fraction)
    }

    init(reading reader: inout SectionReader) {
        encoding = reader.choice("encoding")
        // Of more than half float16 is smaller: a kept weight takes eight bytes.
        fraction =
            encoding == .topK ? reader.number("fraction", in: 0...0.5, aboveLower: true) : nil
    }

    /// How many weights of a tensor of `count` are sent: `ceil(count × fraction)` in binary64.
    package func kept(of count: Int) -> Int {
        min(count, Int((Double(count) * (fraction ?? 1)).rounded(.up)))
    }

    /// In words for the person who approves.
    var text: String {
        switch encoding {
        case .float16, .bfloat16: "\(encoding.rawValue): two bytes a weight instead of four"
        case .int8:
            "int8: one byte a weight instead of four; what rounding leaves out stays at your site "
                + "and goes into the next update"
        case .topK:
            "only the largest \((fraction ?? 0) * 100) % of the weights of each layer; the rest stays "
                + "at your site and goes into later updates"
        }
    }

    /// Reports what does not go with an aggregation rule.
    func check(_ rules: AggregationRules, _ reader: SectionReader) {
        if rules.strategy == .scaffold {
            reader.report(
                .inconsistent,
                "updateCompression",
                "does not go with scaffold: a site's control variate must follow the very update that "
                    + "the coordinator counts"
            )
        }
        guard encoding == .topK else { return }
        switch rules.strategy {
        case .median, .trimmedMean, .geometricMedian:
            reader.report(
                .inconsistent,
                "updateCompression",
                "topK does not go with \(rules.strategy.rawValue): most sites send 0 for most weights, "
                    + "so a median of them is 0 and nothing is learned; use int8"
            )
        case .krum, .multiKrum, .bulyan:
            reader.report(
                .inconsistent,
                "updateCompression",
                "topK does not go with \(rules.strategy.rawValue): distances of sparse updates tell "
                    + "which weights were chosen, not which site is hostile; use int8"
            )
        case .normClippedMean:
            reader.report(
                .inconsistent,
                "updateCompression",
                "topK does not go with normClippedMean: with what earlier rounds left out an honest "
                    + "update is long, and what is clipped off is lost to its error feedback; use int8"
            )
        case .fedadam, .fedyogi, .fedadagrad:
            reader.report(
                .inconsistent,
                "updateCompression",
                "topK does not go with \(rules.strategy.rawValue): a weight that is not sent counts as "
                    + "a gradient of 0 in the second moment, which makes its later steps too large; "
                    + "use int8"
            )
        default: break
        }
    }
}
