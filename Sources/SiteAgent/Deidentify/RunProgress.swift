/// How far a run is.
package struct RunProgress: Sendable {
    /// Inputs in all.
    package let total: Int
    /// Inputs that are done, by a former run too.
    package let done: Int
    /// Inputs that this run worked on.
    package let fresh: Int
    /// Inputs that were looked at in a first pass or are done: half of the work each.
    package let examined: Int
    /// Inputs that are held back.
    package let quarantined: Int

    /// Counts of a run.
    package init(total: Int, done: Int, fresh: Int, examined: Int, quarantined: Int) {
        self.total = total
        self.done = done
        self.fresh = fresh
        self.examined = examined
        self.quarantined = quarantined
    }
}

/// Counts what a run does.
actor RunCounter {
    private let total: Int
    private let ledger: RunLedger
    private let report: @Sendable (RunProgress) -> Void
    private(set) var alreadyDone = 0
    private var fresh = 0
    private var examinedFiles = 0

    init(total: Int, ledger: RunLedger, report: @escaping @Sendable (RunProgress) -> Void) {
        self.total = total
        self.ledger = ledger
        self.report = report
    }

    /// Counts inputs that were done before.
    func skip(_ count: Int) async {
        alreadyDone += count
        examinedFiles += count
        await show()
    }

    /// Counts an input that was looked at.
    func examined() async {
        examinedFiles += 1
        await show()
    }

    /// Counts an input that is done.
    func delivered() async {
        fresh += 1
        await show()
    }

    private func show() async {
        let quarantined = await ledger.quarantined
        report(
            RunProgress(
                total: total,
                done: alreadyDone + fresh,
                fresh: fresh,
                examined: examinedFiles,
                quarantined: quarantined
            )
        )
    }
}
