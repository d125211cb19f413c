import Foundation
import TestSupport
import Testing

@Suite struct ArchitectureTests {
    @Test func `every path the architecture article names exists`() throws {
        let article = try String(
            contentsOf: SharedData.repository.appending(
                path: "Sources/Federation/Federation.docc/Architecture.md"
            ),
            encoding: .utf8
        )
        let quoted = article.split(separator: "`", omittingEmptySubsequences: false)
        let paths = quoted.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
            .filter { $0.contains("/") && $0.hasSuffix(".swift") }
        #expect(paths.count > 15, "the article was not read")
        for path in paths {
            let url = SharedData.repository.appending(path: "Sources/\(path)")
            #expect(FileManager.default.fileExists(atPath: url.path), "\(path) does not exist")
        }
    }

    @Test(arguments: ["README.md", "CONTRIBUTING.md", "SECURITY.md", "Sites/README.md"])
    func `every link of a document leads somewhere`(document: String) throws {
        let url = SharedData.repository.appending(path: document)
        let text = try String(contentsOf: url, encoding: .utf8)
        for match in text.matches(of: /\]\(([^)#:]+)\)/) {
            let target = url.deletingLastPathComponent().appending(path: String(match.output.1))
            #expect(
                FileManager.default.fileExists(atPath: target.path),
                "\(document) links to \(match.output.1)"
            )
        }
    }
}
