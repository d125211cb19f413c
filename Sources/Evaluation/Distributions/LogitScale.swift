import Foundation

/// The log-odds scale, on which intervals of AUROC and average precision are symmetric.
enum LogitScale {
    static func logit(_ p: Double) -> Double { log(p) - log1p(-p) }

    static func expit(_ x: Double) -> Double {
        x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x))
    }

    /// expit(logit(p) ± half); nil at 0 and 1, where the logit does not exist.
    static func interval(_ p: Double, half: Double) -> Interval? {
        guard p > 0, p < 1, half.isFinite else { return nil }
        return Interval(low: expit(logit(p) - half), high: expit(logit(p) + half))
    }
}
