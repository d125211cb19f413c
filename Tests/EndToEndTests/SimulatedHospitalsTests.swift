import CanonicalJSON
import Foundation
import Evaluation
import Subprocess
import Testing

extension EndToEndTests {
    /// One demo on two small simulated hospitals, looked at from all sides.
    @Suite struct SimulatedHospitalsTests {
        /// Made once for the tests below.
        private static let shared = Task {
            let run = DemoRun()
            return (run: run, outcome: try await run.finished())
        }

        @Test func `no planted identity leaves the hospitals' own folders`() async throws {
            let run = try await Self.shared.value.run
            let files = DemoFiles(run)
            let made = try files.made()
            for (folder, kinds) in [
                ("coordinator/", 3), ("deidentified/", 200), (".sqlite", 3), (".log", 3),
            ] {
                let count = made.count { $0.path.contains(folder) }
                #expect(count >= kinds, "\(count) files of \(folder)")
            }
            for site in ["north", "south"] {
                let hospital = try PlantedHospital(
                    profile: Programs.hospitals.appending(path: "\(site)/site.yaml"),
                    seed: 1
                )
                let scan = hospital.scan
                let exported = try files.hospital(site)
                let planted = exported.reduce(into: Set<String>()) {
                    $0.formUnion(scan.hits(in: $1.bytes))
                    $0.formUnion(scan.hits(in: Array($1.path.utf8)))
                }
                #expect(planted.count > 100, "the search does not find what is there")
                for file in made {
                    let hits = scan.hits(in: file.bytes)
                        .union(scan.hits(in: Array(file.path.utf8)))
                    #expect(hits.isEmpty, "\(file.path) holds \(hits.count) identities of \(site)")
                }
            }
        }

        @Test func `the comparison has every field a researcher was promised`() async throws {
            let run = try await Self.shared.value.run
            let url = run.folder.appending(path: "comparison.json")
            let value = try JSONValue(parsing: [UInt8](Data(contentsOf: url)))
            #expect(try run.comparison().encoded() == [UInt8](Data(contentsOf: url)))
            for key in ["model", "plan"] {
                let sha256 = value[key]?["sha256"]?.text ?? ""
                #expect(sha256.wholeMatch(of: /[0-9a-f]{64}/) != nil, "\(key).sha256")
            }
            #expect(value["seed"] == .integer(7))
            let rounds = value["rounds"]?.elements ?? []
            #expect(rounds.count == 2)
            for round in rounds {
                for key in ["loss", "bytes", "seconds"] { #expect(round[key] != nil, "\(key)") }
                #expect(round["rollCall"]?["contributed"]?.elements.count == 2)
            }
            let sites = value["sites"]?.elements ?? []
            #expect(sites.map { $0["id"]?.text } == ["north", "south"])
            for site in sites {
                for model in ["federated", "localOnly"] {
                    let metrics = site[model]?["value"]
                    for key in ["counts", "auroc", "operatingPoint", "dice", "volumeStrata"] {
                        #expect(metrics?[key] != nil, "\(model).\(key)")
                    }
                }
                let reasons = site["intake"]?["value"]?["quarantine"]?.elements ?? []
                // Text beside the head is blanked; text over it holds a slice back.
                let others = reasons.compactMap { $0["reason"]?.text }.filter {
                    $0 != "burned-in-text"
                }
                #expect(others == ["localizer", "secondary-capture"])
            }
        }

        @Test func `the page needs nothing but itself`() async throws {
            let run = try await Self.shared.value.run
            let page = try String(
                contentsOf: run.folder.appending(path: "comparison.html"),
                encoding: .utf8
            )
            for word in ["src=", "href=\"http", "@import", "url(http", "<link", "<script"] {
                #expect(!page.contains(word), "the page has \(word)")
            }
            #expect(page.matches(of: /<svg/).count >= 2)
            for site in ["North Hospital", "South Hospital"] { #expect(page.contains(site)) }
        }

        @Test func `a log without a terminal is plain lines, and results are on stdout`()
            async throws
        {
            let outcome = try await Self.shared.value.outcome
            #expect(!outcome.words.contains("\u{1B}"))
            #expect(!outcome.output.contains("\u{1B}"))
            let round = try Regex(
                #"round 2 of 2: loss \d\.\d{4}, 2 of 2 sites, [0-9.]+ kB, [0-9.]+ s, about \d+ s left"#
            )
            #expect(outcome.errors.contains { $0.contains(round) }, "\(outcome.words)")
            #expect(outcome.output.contains("Exam AUROC"))
            #expect(outcome.output.contains("fedagent egress list --directory"))
        }

        @Test func `every update that arrived is in its site's ledger`() async throws {
            let run = try await Self.shared.value.run
            let contributions = try DemoFiles(run).made()
                .filter { $0.path.contains("coordinator/") && $0.path.contains(".sqlite") }
                .map { String(decoding: $0.bytes, as: UTF8.self) }
            for site in ["north", "south"] {
                let ledger = try await SiteReport(run, site).egress()
                #expect(ledger.first?.kind == "enrol")
                let updates = ledger.filter { $0.kind == "put-part" }
                #expect(updates.count == 2, "one update a round")
                for update in updates {
                    #expect(contributions.contains { $0.contains(update.sha256) })
                }
                #expect(ledger.count { $0.kind == "report-metrics" } == 1)
            }
        }

        @Test func `a second demo in the folder explains itself`() async throws {
            let run = try await Self.shared.value.run
            let outcome = try await run.command.run()
            #expect(outcome.status == .exited(1))
            #expect(outcome.words.contains("holds a finished demo"))
            #expect(outcome.words.contains("comparison.html"))
        }
    }
}

extension JSONValue {
    fileprivate var text: String? { if case .string(let text) = self { text } else { nil } }

    fileprivate var elements: [JSONValue] {
        if case .array(let elements) = self { elements } else { [] }
    }
}
