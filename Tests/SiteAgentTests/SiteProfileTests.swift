import DICOMNetworking
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
        (4, "  kind: pacs", ":4: source.kind: must be one of: folder, simulated, network"),
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

    @Test(arguments: [
        ("dicomweb: {url: pacs}", "source.dicomweb.url: pacs is no address"),
        ("dicomweb: {url: 'http://pacs.example/web'}", "without encryption"),
        ("dicomweb: {url: 'https://u:p@pacs.example'}", "holds a user name"),
        (
            "dicomweb: {url: 'https://p.example', since: soon}",
            "source.dicomweb.since: must be a day"
        ),
        (
            "dicomweb: {url: 'https://p.example', body: HEAD}",
            "source.dicomweb.body: is not a known"
        ),
        ("dicomweb: {}", "source.dicomweb.url: is missing"),
        ("receiver: {title: FEDAGENT}", "source.receiver.peers: is missing"),
        (
            "receiver: {title: A\\B, peers: [{title: CT1, address: 10.1.2.3}]}",
            "source.receiver.title: must be 1 to 16"
        ),
        (
            "receiver: {title: A, peers: [{title: CT1, address: ct1.example}]}",
            "source.receiver.peers[0].address: must be an address"
        ),
        (
            "receiver: {title: A, port: 70000, peers: [{title: CT1, address: 10.1.2.3}]}",
            "source.receiver.port: must lie between 0 and 65535"
        ),
        (
            "receiver: {title: A, tls: {}, peers: [{title: C, address: 10.1.2.3}]}",
            "source.receiver.tls.certificate: is missing"
        ),
    ])
    func `a source over the network is checked`(section: String, message: String) throws {
        var lines = Self.lines
        lines.insert("  \(section)", at: 5)
        let error = #expect(throws: AgentError.self) { try Self.read(lines) }
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains(":6: ") == true, "\(error?.message ?? "")")
    }

    @Test func `sources over the network are written and read back as they were`() throws {
        var lines = Self.lines
        lines[3] = "  kind: network"
        lines[4] = """
              dicomweb: {url: 'https://p.example/web', credentials: pacs, descriptions: ['*HEAD*'],
                since: 2025-01-01, bodyParts: [HEAD]}
              receiver:
                title: FEDAGENT
                peers: [{title: CT 1, address: 10.1.0.0/16}]
                tls: {certificate: c.pem, key: k.pem}
            """
        let profile = try Self.read(lines)
        #expect(profile.source.dicomweb?.since == "2025-01-01")
        #expect(profile.source.receiver?.port == 11112)
        let folder = SiteFolder(
            FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        )
        defer { try? FileManager.default.removeItem(at: folder.root) }
        try FileManager.default.createDirectory(at: folder.root, withIntermediateDirectories: true)
        let resolved = profile.resolved(against: URL(filePath: "/data"))
        try resolved.write(to: folder)
        #expect(try SiteProfile.read(from: folder.profile) == resolved)
        #expect(resolved.source.dicomweb?.credentials == "/data/pacs")
        #expect(resolved.source.receiver?.tls?.key == "/data/k.pem")
        #expect(resolved.source.path == nil)
        lines[4] = "  path: dicom"
        let error = #expect(throws: AgentError.self) { try Self.read(lines) }
        #expect(error?.message.contains("network needs dicomweb or receiver") == true)
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
