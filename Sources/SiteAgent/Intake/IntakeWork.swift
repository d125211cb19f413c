import SiteStore

/// Which series are done, which wait, and which are to be done in this turn of an intake.
struct IntakeWork {
    /// A series that stays as it is.
    struct Finished {
        let series: IntakeSeries
        let record: SeriesRecordRow
        let rows: [FileRow]
    }

    /// Series that stay as they are.
    private(set) var finished: [Finished] = []
    /// Series whose files, or those of another series of the study, are still being written.
    private(set) var waiting: [IntakeSeries] = []
    /// Series to be done.
    private(set) var open: [IntakeSeries] = []

    /// Sorts series out, in their order; `done` is nil if all are to be done.
    ///
    /// The copies of a study are made by one set of rules, since its manifest names one: what was made
    /// by earlier rules is done anew together with what is new in the study.
    init(_ series: [IntakeSeries], _ done: DoneSeries?) {
        for one in series {
            if one.isMoving {
                waiting.append(one)
            } else if let (record, rows) = done?.rows(of: one) {
                finished.append(Finished(series: one, record: record, rows: rows))
            } else {
                open.append(one)
            }
        }
        guard let done, !open.isEmpty else { return }
        let halted = Set(
            waiting.filter { done.isOfEarlierRules($0.knownCopies) }.map(\.studyUID)
        )
        waiting += open.filter { halted.contains($0.studyUID) }
        open.removeAll { halted.contains($0.studyUID) }
        let touched = Set(open.map(\.studyUID))
        let stale = finished.filter {
            touched.contains($0.series.studyUID) && done.isOfEarlierRules($0.rows)
        }.map(\.series)
        let names = Set(stale.map(\.uid))
        finished.removeAll { names.contains($0.series.uid) }
        open += stale
    }
}
