extension Plan {
    /// What is wrong between `aggregation.privateTensors` and the tensors of the plan's model.
    package func privateTensorProblems(modelTensors names: [String]) -> [PlanProblem] {
        guard let patterns = aggregation.privateTensors else { return [] }
        func problem(_ message: String) -> PlanProblem {
            PlanProblem(.inconsistent, at: "aggregation.privateTensors", message)
        }
        let examples = names.prefix(3).joined(separator: ", ")
        var problems = patterns.filter { pattern in
            !names.contains(where: PrivateTensors(patterns: [pattern]).contains)
        }.map { problem("\($0) is no tensor of the model, whose names are as \(examples)") }
        if names.allSatisfy(privateTensors.contains) {
            problems.append(problem("every tensor is private: nothing is left to share"))
        }
        return problems
    }
}
