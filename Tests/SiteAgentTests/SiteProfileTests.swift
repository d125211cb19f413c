import Foundation
import SiteAgent
import TestSupport
import Testing

@Suite struct SiteProfileTests {
    private static let lines = [
        "id: small", "name: Small hospital", "source:", "  kind: folder", "  path: dicom",
        "labels: {format: plain-csv, path: labels}", "masks: {format: png, path: masks}",
        "disclosure: {minimumCell: 3, minimumPositives: 3, minimumNegatives: 3}",
        "approval: {mode: declared}",
    ]

    private static func read(_ lines: [String]) throws -> SiteProfile {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(lines.joined(separator: "\n").utf8).write(to: file)
        return try SiteProfile.read(from: file)
    }

    @Test(arguments: [
        (1, "id: Not A Name", ":1: id: must be 1 to 63"), (2, "name: 7", ":2: name: must be text"),
        (4, "  kind: pacs", ":4: source.kind: must be one of: folder, simulated"),
        (5, "  paths: dicom", ":5: source.paths: is not a known key"),
        (5, "  path:", ":5: source.path: is missing"),
        (6, "labels: {format: excel, path: x}", ":6: labels.format: must be one of: rsna-2019"),
        (6, "labels: {format: ct-ich}", ":6: labels.path: is missing"),
        (
            8, "disclosure: {minimumCell: 0, minimumPositives: 3, minimumNegatives: 3}",
            ":8: disclosure.minimumCell: must lie between 1"
        ), (9, "approval: {mode: always}", ":9: approval.mode: must be one of: manual, declared"),
        (9, "aproval: {mode: declared}", ":9: aproval: is not a known key"),
        (3, "source: [", "not"),
    ])
    func `a problem is told with its line, what is wrong and what is right`(
        line: Int,
        text: String,
        message: String
    ) throws {
        var lines = Self.lines
        lines[line - 1] = text
        let error = #expect(throws: AgentError.self) { try Self.read(lines) }
        #expect(error?.code == .badConfiguration)
        if message != "not" {
            #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
        }
        #expect(error?.hint != nil)
    }

    @Test func `all problems are told at once`() throws {
        let error = #expect(throws: AgentError.self) {
            try Self.read(["id: A B", "source: {kind: folder}", "colour: red"])
        }
        let lines = error?.message.split(separator: "\n") ?? []
        #expect(lines.count >= 5, "\(error?.message ?? "")")
    }

    @Test func `a profile is written and read back as it was`() throws {
        let profile = try Self.read(Self.lines)
        let folder = SiteFolder(
            FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        )
        defer { try? FileManager.default.removeItem(at: folder.root) }
        try FileManager.default.createDirectory(
            at: folder.root,
            withIntermediateDirectories: true
        )
        let resolved = profile.resolved(against: URL(filePath: "/data"))
        try resolved.write(to: folder)
        #expect(try SiteProfile.read(from: folder.profile) == resolved)
        #expect(resolved.source.path == "/data/dicom" && resolved.masks?.path == "/data/masks")
    }

    @Test(arguments: [
        "university", "community", "childrens", "trauma", "public/aisd",
        "public/bhsd-mbh", "public/bhsd-mbhseg25", "public/cpaisd", "public/ct-ich",
    ])
    func `the profiles of the repository are valid`(name: String) throws {
        let file = SharedData.repository.appending(path: "Sites/\(name)/site.yaml")
        let profile = try SiteProfile.read(from: file)
        #expect(profile.id == name.split(separator: "/").last.map(String.init))
    }
}
