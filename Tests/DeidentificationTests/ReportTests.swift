import CanonicalJSON
import DICOM
import Deidentification
import Foundation
import Testing

/// The page and the text for people who must answer for the data.
@Suite struct ReportTests {
    private static func report(
        damaged: [DeidentificationReport.Damage] = []
    ) throws -> DeidentificationReport {
        let output = try TestKeys.deidentifier().deidentify(HeadSlice().file)
        let manifest = StudyManifest(
            tool: "test 1",
            profile: .training,
            studyInstanceUID: output.studyInstanceUID,
            patient: output.patientPseudonym,
            files: [
                StudyManifest.File(
                    path: "a.dcm",
                    sopInstanceUID: output.sopInstanceUID,
                    inputDigest: "01",
                    outputDigest: "ff"
                )
            ],
            actions: output.counts,
            series: []
        )
        return DeidentificationReport(
            subject: DeidentificationReport.Subject(
                name: "Quill & <Co>",
                date: "2026-11-28",
                tool: "test 1",
                isAudited: true,
                keySHA256: "abcd"
            ),
            manifests: [manifest],
            damaged: damaged,
            quarantine: [
                DeidentificationReport.Tally(reason: "burned-in-text", detail: "", count: 2),
                DeidentificationReport.Tally(reason: "localizer", detail: "", count: 31_204),
            ],
            samples: [
                HeaderComparison.maskedChanges(
                    from: HeadSlice().dataSet,
                    to: output.dataSet
                )
            ]
        )
    }

    @Test(arguments: QuarantineReason.Code.allCases)
    func `every reason is explained in words of its own`(code: QuarantineReason.Code) {
        #expect(QuarantineExplanation.exists(for: code.rawValue), "\(code.rawValue)")
        let words = QuarantineExplanation(code.rawValue)
        #expect(words.meaning.hasSuffix(".") && words.meaning.count > 20)
        #expect(!words.meaning.contains("DICOM") && !words.meaning.contains("("))
    }

    @Test func `a reason nobody foresaw is still told`() {
        #expect(!QuarantineExplanation("new-reason").meaning.isEmpty)
    }

    @Test func `text and page say the same numbers and hide the same values`() throws {
        let report = try Self.report()
        for text in [report.text, report.html] {
            #expect(text.contains("31\u{202F}206 files"))
            #expect(text.contains("1 image of 1 examination of 1 patient"))
            for needle in [
                "Quillworth", "Zebedina", "KX-44018", "19410309", "20180214", "1.2.826.0.1.99",
            ] { #expect(!text.contains(needle)) }
        }
        #expect(report.html.contains("Quill &amp; &lt;Co&gt;"))
        #expect(!report.html.contains("<Co>"))
    }

    @Test func `of a header only technical values are shown`() throws {
        let report = try Self.report()
        let shown = report.samples[0].filter { $0.after != "" && !$0.after.contains("\u{2022}") }
        #expect(shown.contains { $0.path == "(0018,0050)" && $0.after == "5" })
        #expect(shown.allSatisfy { $0.action == .kept })
        #expect(shown.allSatisfy { ["(0018", "(0028"].contains($0.path.prefix(5)) })
    }

    @Test func `series that were held back as a whole are in the counts of faces and writing`()
        throws
    {
        let held = try CanonicalDecoder().decode(
            SeriesReport.self,
            from: Array(
                """
                {"faces":[{"refusal":{"code":"face-too-few-slices","detail":"few"},"slices":3}],\
                "files":3,"quarantined":{"face-too-few-slices":3},"released":0,\
                "seriesInstanceUID":"2.25.9",\
                "text":{"blanked":0,"blankedBands":0,"found":1,"heldBack":0,"searched":3}}
                """.utf8
            )
        )
        let report = DeidentificationReport(
            subject: try Self.report().subject,
            manifests: [],
            heldBackSeries: [held],
            damaged: [],
            quarantine: [],
            samples: []
        )
        #expect(report.document.faces.heldBack == 1)
        #expect(report.document.text.searched == 3 && report.document.text.found == 1)
        #expect(report.text.contains("Held back, as removal was not certain"))
    }

    @Test func `a study that does not match is the first thing said`() throws {
        let report = try Self.report(
            damaged: [DeidentificationReport.Damage(study: "2.25.7", what: "It was changed.")]
        )
        #expect(report.text.contains("1 examination does NOT match"))
        #expect(report.text.contains("2.25.7: It was changed."))
        #expect(report.html.contains("class=\"verdict bad\""))
        #expect(report.html.contains("What fails the check"))
    }

    @Test func `the page is whole, in one language, with headings in order and captions`() throws {
        let html = try Self.report().html
        #expect(html.hasPrefix("<!DOCTYPE html>") && html.contains("<html lang=\"en\">"))
        for tag in ["table", "section", "ul", "dl", "main", "nav"] {
            let opened = html.matches(of: try Regex("<\(tag)[ >]")).count
            #expect(opened == html.matches(of: try Regex("</\(tag)>")).count, "\(tag)")
        }
        let tables = html.matches(of: /<table>/).count
        #expect(html.matches(of: /<caption>/).count == tables && tables > 4)
        #expect(html.matches(of: /<h1>/).count == 1)
        for word in ["src=", "href=\"http", "@import", "url(", "<link", "<script"] {
            #expect(!html.contains(word), "the page has \(word)")
        }
        #expect(html.contains("@media print"))
    }
}
