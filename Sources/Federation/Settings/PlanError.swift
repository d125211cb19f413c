/// Everything that is wrong with a plan (or another document of settings), found in one reading.
package struct PlanError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The problems in the order of the document's sections; never empty.
    package let problems: [PlanProblem]

    /// An error of at least one problem.
    package init(problems: [PlanProblem]) {
        precondition(!problems.isEmpty, "an error needs a problem")
        self.problems = problems
    }

    /// One line a problem.
    package var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}
