import HeadCT
import SiteStore

extension JoinIssueRow {
    /// A label row that matched nothing, by its place.
    init(_ issue: LabelIssue) {
        self.init(
            source: "labels",
            reason: issue.reason.rawValue,
            place: "file \(issue.file + 1), row \(issue.row)"
                + (issue.column.map { ", column \($0)" } ?? "")
        )
    }

    /// An exam without label.
    init(_ exam: LabelJoin.UnlabelledExam) {
        self.init(source: "labels", reason: exam.reason.rawValue, place: Self.exam)
    }

    /// A mask, or a part of one, that could not be used.
    init(_ issue: MaskIssue) {
        self.init(
            source: "masks",
            reason: issue.reason.rawValue,
            place: "file \(issue.file + 1)" + (issue.part.map { ", part \($0 + 1)" } ?? "")
        )
    }

    /// The place of an issue that concerns an exam and no row.
    static let exam = "exam"
}
