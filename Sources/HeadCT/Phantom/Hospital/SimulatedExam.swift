/// One exam as planned: who, what is in it, which seed.
struct SimulatedExam: Sendable, Hashable {
    let index: Int
    let ageYears: Double
    let isMale: Bool
    /// The haemorrhages; empty for a negative exam.
    var lesions: [PlannedLesion]
    let isPostoperative: Bool
    let implant: Implant?

    /// The circumstances that tables report.
    var context: [ExamContext] {
        var context: [ExamContext] = []
        if implant != nil { context.append(.hardware) }
        if ageYears < 18 { context.append(.pediatric) }
        if isPostoperative { context.append(.postoperative) }
        return context.isEmpty ? [.unremarkable] : context
    }

    /// The total of the volumes planned, in mL, without blood expected after an operation.
    var plannedVolumeML: Double {
        lesions.reduce(0) { $0 + ($1.isExpected ? 0 : $1.volumeML) }
    }
}
