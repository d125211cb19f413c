/// Collects the problems of one document while its sections are read.
package final class ProblemList {
    /// What was found, in order.
    package private(set) var problems: [PlanProblem] = []

    /// An empty list.
    package init() {}

    /// Adds a problem.
    package func add(_ code: PlanProblem.Code, at path: String, _ message: String) {
        problems.append(PlanProblem(code, at: path, message))
    }

    /// Throws all problems, if there are any.
    package func throwIfAny() throws(PlanError) {
        if !problems.isEmpty { throw PlanError(problems: problems) }
    }
}
