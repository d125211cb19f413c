import Foundation
import Subprocess

/// What a site's own commands tell its admin.
struct SiteReport {
    /// A message that left the site.
    struct Message: Decodable {
        let kind: String
        let bytes: Int
        let sha256: String
    }

    /// The site's cohort in numbers.
    struct Cohort: Decodable {
        struct Tally: Decodable {
            let reason: String
            let count: Int
        }
        let exams: Int
        let slices: Int
        let quarantine: [Tally]
    }

    private let folder: String

    init(_ run: DemoRun, _ site: String) { folder = run.folder.path + "/sites/\(site)" }

    /// The ledger, oldest first.
    func egress() async throws -> [Message] { try await lines(["egress", "list"]) }

    /// The cohort.
    func cohort() async throws -> Cohort {
        let cohorts: [Cohort] = try await lines(["cohort", "show"])
        guard let cohort = cohorts.first else {
            throw ProcessFailure("fedagent cohort show said nothing")
        }
        return cohort
    }

    private func lines<Value: Decodable>(_ verb: [String]) async throws -> [Value] {
        let outcome = try await Command(
            program: "fedagent",
            arguments: verb + ["--directory", folder, "--json"],
            limit: .seconds(30)
        ).run()
        guard outcome.status.isSuccess else { throw ProcessFailure(outcome.words) }
        return try outcome.output.split(separator: "\n").map {
            try JSONDecoder().decode(Value.self, from: Data($0.utf8))
        }
    }
}
