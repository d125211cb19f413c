import CanonicalJSON
import Dashboard
import Evaluation
package import Foundation

/// Runs a demo and writes what it ends with: the table, `comparison.json`, `comparison.html`, and where to look further.
package struct DemoReport: Sendable {
    private let options: DemoOptions

    /// Reports on a demo with these options.
    package init(options: DemoOptions) { self.options = options }

    /// The folder of the running program, where the other programs lie too.
    package static func programs() throws -> URL {
        guard let program = Bundle.main.executableURL else {
            throw DemoError("the folder of the programs is unknown")
        }
        return program.resolvingSymlinksInPath().deletingLastPathComponent()
    }

    /// Runs and reports.
    package func run() async throws {
        let comparison = try await Demo(options).run()
        let json = try CanonicalEncoder().encode(comparison)
        try Data(json).write(to: options.output.appending(path: "comparison.json"))
        let page = Data(ComparisonPage.html(comparison).utf8)
        try page.write(to: options.output.appending(path: "comparison.html"))
        if options.json {
            print(String(decoding: json, as: UTF8.self))
        } else {
            print(ComparisonTable.render(comparison, width: 100))
            print(next(comparison))
        }
    }

    private func next(_ comparison: Comparison) -> String {
        let path = options.output.path
        let sites = comparison.sites.map { site in
            "  fedagent egress list --directory \(path)/sites/\(site.id)"
        }
        return """

            page        \(path)/comparison.html
            data        \(path)/comparison.json
            model       \(comparison.model.sha256)

            what left each site:
            \(sites.joined(separator: "\n"))

            look further:
              fedcompare sites \(path)/comparison.json
              fedcoordinator run list --directory \(path)/coordinator
              fedagent cohort show --directory \(path)/sites/\(comparison.sites.first?.id ?? "")
            """
    }
}
