extension Plan {
    /// What is wrong between the images the plan prepares and the input of its model.
    ///
    /// A site would notice only after it has de-identified and prepared its cohort.
    ///
    /// - Parameters:
    ///   - channels: the windows the model takes.
    ///   - depth: the slices of the slab it takes.
    ///   - sizeMultiple: what the edge of its input must be a multiple of.
    /// - Returns: a problem for each thing that does not fit.
    package func modelInputProblems(
        channels: Int,
        depth: Int,
        sizeMultiple: Int
    ) -> [PlanProblem] {
        var problems: [PlanProblem] = []
        if preprocessing.windows.count != channels {
            problems.append(
                PlanProblem(
                    .inconsistent,
                    at: "preprocessing.windows",
                    "\(preprocessing.windows.count) windows, but the model takes \(channels); "
                        + "change the list or model.windows"
                )
            )
        }
        if preprocessing.slabDepth != depth {
            problems.append(
                PlanProblem(
                    .inconsistent,
                    at: "preprocessing.slabDepth",
                    "slabs of \(preprocessing.slabDepth) slices, but the model takes \(depth); "
                        + "change it or model.slabDepth"
                )
            )
        }
        if preprocessing.gridSize % sizeMultiple != 0 {
            problems.append(
                PlanProblem(
                    .inconsistent,
                    at: "preprocessing.gridSize",
                    "\(preprocessing.gridSize) pixels, but the model halves the grid until it "
                        + "needs a multiple of \(sizeMultiple)"
                )
            )
        }
        return problems
    }
}
