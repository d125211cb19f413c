package import Deidentification

/// Runs series through their two passes on threads of its own.
///
/// Both ways in, a folder by itself and a site's intake, de-identify by this.
package struct SeriesEngine: Sendable {
    private let deidentifier: SeriesDeidentifier
    private let threads: WorkThreads

    /// Makes an engine that works on at most `jobs` files at once, over all series.
    package init(deidentifier: SeriesDeidentifier, jobs: Int) {
        precondition(jobs > 0, "somebody must work")
        self.init(deidentifier: deidentifier, threads: WorkThreads(count: jobs))
    }

    init(deidentifier: SeriesDeidentifier, threads: WorkThreads) {
        self.deidentifier = deidentifier
        self.threads = threads
    }

    /// De-identifies the files of one series.
    ///
    /// - Parameters:
    ///   - files: The files; their order changes nothing but the order of delivery.
    ///   - examined: Called after each file of the first pass.
    ///   - deliver: Takes what became of each file, in the order of the files.
    /// - Returns: What was done to the pixels.
    /// - Throws: What `deliver` throws, and `CancellationError`.
    package func run(
        _ files: [SeriesFile],
        examined: () async throws -> Void = {},
        deliver: (Int, Result<DeidentifiedInstance, QuarantineReason>) async throws -> Void
    ) async throws -> SeriesReport {
        let deidentifier = deidentifier
        var slices: [ExaminedSlice] = []
        var entries: [Result<Int, QuarantineReason>] = []
        try await threads.inOrder(files.count) { number in
            Self.result { () throws(QuarantineReason) in
                try deidentifier.examine(try files[number].load())
            }
        } deliver: { _, result in
            entries.append(result.map { _ in slices.count })
            if case .success(let slice) = result { slices.append(slice) }
            try await examined()
        }
        let plan = try await planned(slices)
        var report = SeriesReport(plan)
        let work = entries
        try await threads.inOrder(files.count) { number in
            work[number].flatMap { slice in
                Self.result { () throws(QuarantineReason) in
                    try deidentifier.release(
                        try files[number].load(),
                        number: slice,
                        under: plan
                    )
                }
            }
        } deliver: { number, result in
            report.count(result)
            try await deliver(number, result)
        }
        return report
    }

    private func planned(_ slices: [ExaminedSlice]) async throws -> SeriesPlan {
        let deidentifier = deidentifier
        var plans: [SeriesPlan] = []
        try await threads.inOrder(1) { _ in
            deidentifier.plan(slices)
        } deliver: { _, plan in
            plans.append(plan)
        }
        return plans[0]
    }

    private static func result<Value>(
        _ body: () throws(QuarantineReason) -> Value
    ) -> Result<Value, QuarantineReason> {
        do throws(QuarantineReason) { return .success(try body()) } catch {
            return .failure(error)
        }
    }
}
