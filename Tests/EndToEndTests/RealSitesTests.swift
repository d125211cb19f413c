import DICOM
import Evaluation
import Foundation
import Subprocess
import TestSupport
import Testing

extension EndToEndTests {
    /// Five real sites with fictitious identities, whose answer keys (`phi.json`) only tests read.
    @Suite(.enabled(if: SharedData.exists, "needs ../shared")) struct RealSitesTests {
        private static let sites = ["aisd", "bhsd-mbh", "bhsd-mbhseg25", "cpaisd", "ct-ich"]
        private static let data = SharedData.url("data/sites-real")

        private static let shared = Task {
            let run = DemoRun(
                sites: SharedData.repository.appending(path: "Sites/public"),
                ["--data", data.path, "--rounds", "2"]
            )
            _ = try await run.finished()
            return run
        }

        @Test func `all five sites contribute to every round`() async throws {
            let comparison = try await Self.shared.value.comparison()
            #expect(comparison.rounds.count == 2)
            for round in comparison.rounds {
                #expect(round.rollCall.contributed == Self.sites)
                #expect(round.sites.map(\.site) == Self.sites)
            }
        }

        @Test(arguments: sites)
        func `every slice is trained on, held for the test, or quarantined`(
            site: String
        ) async throws {
            let run = try await Self.shared.value
            let answers = try AnswerKey(site)
            let cohort = try await SiteReport(run, site).cohort()
            let quarantined = cohort.quarantine.reduce(0) { $0 + $1.count }
            #expect(cohort.slices + quarantined == answers.slices.count)
            let comparison = try run.comparison()
            let line = try #require(comparison.sites.first { $0.id == site })
            let intake = try #require(line.intake.value)
            #expect(intake.accepted.value?.text == "\(cohort.slices)")
            #expect(intake.quarantined.value?.text == "\(quarantined)")
            let exams = [intake.trainingExams, intake.testExams]
                .compactMap { $0.value.flatMap { Int($0.text) } }
            #expect(exams.reduce(0, +) == cohort.exams)
            let burned = cohort.quarantine.first { $0.reason == "burned-in-text" }
            // Text beside the head is blanked, text over it holds the slice back.
            #expect((burned?.count ?? 0) <= answers.burnedIn)
        }

        @Test(arguments: sites)
        func `no needle is in anything that was made, sent or logged`(site: String) async throws {
            let answers = try AnswerKey(site)
            let scan = answers.scan
            let images = SharedData.url("data/sites-real/\(site)/\(answers.slices[0])")
            #expect(!scan.hits(in: [UInt8](try Data(contentsOf: images))).isEmpty)
            for file in try DemoFiles(try await Self.shared.value).made() {
                let hits = scan.hits(in: file.bytes).union(scan.hits(in: Array(file.path.utf8)))
                #expect(hits.isEmpty, "\(file.path) holds \(hits.count) needles of \(site)")
            }
        }

        @Test(arguments: sites)
        func `no needle is in a site's report, and every manifest holds`(
            site: String
        ) async throws {
            let run = try await Self.shared.value
            let answers = try AnswerKey(site)
            let scan = answers.scan
            let page = run.folder.appending(path: "\(site).html")
            let outcome = try await Command(
                program: "fedagent",
                arguments: [
                    "deidentify", "report", run.folder.appending(path: "sites/\(site)").path,
                    "--html", page.path, "--samples", "5",
                ],
                limit: .seconds(60)
            ).run()
            #expect(outcome.status.isSuccess, "\(outcome.words)")
            let html = [UInt8](try Data(contentsOf: page))
            #expect(html.count > 10_000)
            for text in [html, Array(outcome.output.utf8), Array(outcome.words.utf8)] {
                #expect(scan.hits(in: text).isEmpty, "\(site): the report names somebody")
            }
            #expect(outcome.output.contains("Sample 5"))
        }

        @Test func `segmentation is told where one class alone leaves no exam AUROC`() async throws
        {
            let comparison = try await Self.shared.value.comparison()
            for site in comparison.sites {
                let federated = try #require(site.federated.value)
                #expect(federated.auroc.withheld?.state == .notEstimable, "\(site.id)")
            }
            let measured = comparison.sites.filter { $0.federated.value?.tiles.value != nil }
            #expect(measured.map(\.id) == ["bhsd-mbh", "bhsd-mbhseg25", "ct-ich"])
            #expect(comparison.means.contains { $0.metric == "tile-auroc" })
            #expect(comparison.means.contains { $0.metric == "dice-mean" })
        }
    }
}
