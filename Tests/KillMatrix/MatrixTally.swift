import Foundation

/// The figures of a matrix.
struct MatrixTally {
    private let reference: String
    /// The longest that a coordinator may take to work again.
    private let restartLimit: Double
    private var plays = 0
    private var kills = 0
    private var unreached = 0
    private var seconds = 0.0
    private var restartMax = 0.0

    /// What went wrong, a line a case.
    private(set) var failures: [String] = []
    /// Whether the last case went wrong.
    private(set) var lastFailed = false

    init(reference: String, restartLimit: Double) {
        self.reference = reference
        self.restartLimit = restartLimit
    }

    /// Counts a case.
    mutating func add(_ name: String, _ result: Result<MatrixCase.Outcome, any Error>) {
        plays += 1
        var problems: [String] = []
        switch result {
        case .failure(let error): problems = ["\(error)"]
        case .success(let outcome):
            kills += outcome.kills
            if outcome.isUnreached { unreached += 1 }
            seconds += outcome.seconds
            restartMax = max(restartMax, outcome.restartSeconds)
            problems = outcome.problems
            if outcome.model != reference { problems.append("another model: \(outcome.model)") }
            if outcome.restartSeconds > restartLimit {
                problems.append("restarted in \(outcome.restartSeconds) s")
            }
        }
        lastFailed = !problems.isEmpty
        if lastFailed { failures.append("\(name): \(problems.joined(separator: "; "))") }
        let line = lastFailed ? "FAILED \(failures.last ?? "")" : "ok     \(name)"
        print("\(plays)  \(line)")
        fflush(nil)
    }

    /// The figures as a sentence, and every failure.
    var text: String {
        let figures = String(
            format: "%d plays, %d kills (%d plays ended before theirs), %.1f s a play, "
                + "slowest restart %.2f s, %d failed",
            plays,
            kills,
            unreached,
            seconds / Double(max(plays, 1)),
            restartMax,
            failures.count
        )
        return ([figures] + failures).joined(separator: "\n")
    }
}
