/// What one intake made of the hospital's folder; stored as a whole.
package struct IntakeOutcome: Sendable {
    /// Digest of everything the intake saw: the same again means nothing to do.
    package var fingerprint: String
    /// Every file of the folder, each once.
    package var files: [FileRow]
    /// The exams of the cohort.
    package var exams: [ExamRow]
    /// Labels and masks that matched nothing, exams without label.
    package var issues: [JoinIssueRow]
    /// What the data checks found.
    package var findings: [FindingRow]

    /// Makes an outcome.
    package init(
        fingerprint: String,
        files: [FileRow],
        exams: [ExamRow],
        issues: [JoinIssueRow],
        findings: [FindingRow]
    ) {
        self.fingerprint = fingerprint
        self.files = files
        self.exams = exams
        self.issues = issues
        self.findings = findings
    }
}
