import Dashboard
import Evaluation
package import Foundation

/// Runs a demo and writes what it ends with: the table, `comparison.json`, `comparison.html`, and where to look further.
package struct DemoReport: Sendable {
    private let options: DemoOptions
    private let width: Int

    /// Reports on a demo with these options, in a table of at most `width` columns.
    package init(options: DemoOptions, width: Int) {
        self.options = options
        self.width = width
    }

    /// The folder of the running program, where the other programs lie too.
    package static func programs() throws -> URL {
        guard let program = Bundle.main.executableURL else {
            throw DemoError(.badInput, "the folder of the programs is unknown")
        }
        let folder = program.resolvingSymlinksInPath().deletingLastPathComponent()
        let agent = folder.appending(path: "fedagent").path
        guard FileManager.default.isExecutableFile(atPath: agent) else {
            throw DemoError(
                .badInput,
                "\(agent) is missing",
                hint: "the demo starts the programs that lie beside fedcoordinator: build them all"
            )
        }
        return folder
    }

    /// Runs and reports.
    package func run() async throws {
        let comparison = try await Demo(options).run()
        let json = Data(try comparison.encoded())
        try json.write(to: options.output.appending(path: "comparison.json"))
        let page = Data(ComparisonPage.html(comparison).utf8)
        try page.write(to: options.output.appending(path: "comparison.html"))
        let table = ComparisonTable.render(comparison, width: width)
        let more = options.folder.isKept ? "\n" + next(comparison) + "\n" : ""
        // Written at once, so that it stands before what is said on stderr afterwards.
        Terminal.standardOutput.write(
            options.json ? String(decoding: json, as: UTF8.self) : table + more
        )
    }

    private func next(_ comparison: Comparison) -> String {
        let path = options.output.path
        let first = comparison.sites.first?.id ?? ""
        let sites = comparison.sites.map { site in
            "  \(typed)fedagent egress list --directory \(path)/sites/\(site.id)"
        }
        return """
            page   \(path)/comparison.html
            data   \(path)/comparison.json

            what left each site:
            \(sites.joined(separator: "\n"))

            look further:
              \(typed)fedcompare sites \(path)/comparison.json
              \(typed)fedcoordinator run list --directory \(path)/coordinator
              \(typed)fedagent cohort show --directory \(path)/sites/\(first)
              \(typed)fedagent plan list --directory \(path)/sites/\(first)
            """
    }

    /// The folder of the programs as the user typed it, so that the commands can be copied.
    private var typed: String {
        let name = CommandLine.arguments.first ?? ""
        return name.lastIndex(of: "/").map { String(name[...$0]) } ?? ""
    }
}
