import Tensors

/// One patient's study: the person, the identifiers and times of one visit.
struct StudyIdentity: Sendable {
    let patient: FictitiousPatient
    let site: FictitiousSite
    let studyUID: String
    let seriesUID: String
    let localizerSeriesUID: String
    let doseSeriesUID: String
    let frameOfReferenceUID: String
    /// The instance UIDs of the axial slices, from the lowest up.
    let instanceUIDs: [String]
    let studyTime: String
    let studyID: String
    let referring: String
    let performing: String
    let operatorName: String

    /// Draws the identifiers of a study with so many slices.
    init(
        patient: FictitiousPatient,
        site: FictitiousSite,
        sliceCount: Int,
        using generator: inout SeededGenerator
    ) {
        self.patient = patient
        self.site = site
        studyUID = generator.drawUID()
        seriesUID = generator.drawUID()
        localizerSeriesUID = generator.drawUID()
        doseSeriesUID = generator.drawUID()
        frameOfReferenceUID = generator.drawUID()
        instanceUIDs = (0..<sliceCount).map { _ in generator.drawUID() }
        let hour = generator.nextIndex(below: 10) + 10
        studyTime = String(hour) + String(generator.nextIndex(below: 50) + 10) + "17"
        studyID = generator.drawDigits(5)
        referring = generator.pick(site.physicians)
        performing = generator.pick(site.physicians)
        operatorName = generator.pick(site.operators)
    }

    /// Every UID of the study.
    var uids: [String] {
        [studyUID, seriesUID, localizerSeriesUID, doseSeriesUID, frameOfReferenceUID]
            + instanceUIDs
    }
}
