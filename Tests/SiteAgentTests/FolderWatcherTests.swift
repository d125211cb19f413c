import Foundation
import SiteAgent
import Testing

/// The watcher on real folders.
@Suite struct FolderWatcherTests {
    private static func profile(_ images: URL, in root: URL) throws -> SiteProfile {
        let file = root.appending(path: "site.yaml")
        try Data(
            """
            id: small
            name: Small hospital
            source: {kind: folder, path: \(images.path)}
            disclosure: {minimumCell: 3, minimumPositives: 3, minimumNegatives: 3}
            approval: {mode: declared}
            """.utf8
        ).write(to: file)
        return try SiteProfile.read(from: file)
    }

    private struct Over: Error {}

    @Test func `arrivals are told, and an emptied folder is not believed`() async throws {
        let root = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: root) }
        let images = root.appending(path: "images/deep")
        try FileManager.default.createDirectory(at: images, withIntermediateDirectories: true)
        let folder = SiteFolder(root.appending(path: "site"))
        let inbox = folder.inbox.appending(path: "ab")
        try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
        for file in [images.appending(path: "1"), images.appending(path: "2")] {
            try Data([1]).write(to: file)
        }
        try FileManager.default.createSymbolicLink(
            at: images.appending(path: "link"),
            withDestinationURL: URL(filePath: "/etc")
        )
        let roots = try SourceRoots(
            folder: folder,
            profile: try Self.profile(root.appending(path: "images"), in: root)
        )
        #expect(roots.existing.map(\.prefix) == ["", "inbox/"])
        let watcher = FolderWatcher(roots: roots, rest: .zero, interval: .milliseconds(20))
        var told: [String] = []
        await #expect(throws: Over.self) {
            try await watcher.run { change in
                switch change {
                case .ready(let ready): told.append("ready \(ready.files)")
                case .unreadable(let reason):
                    told.append("unreadable")
                    #expect(reason.contains("is the share mounted?"))
                }
                switch told.count {
                case 1: try Data([1]).write(to: inbox.appending(path: "ab.dcm"))
                case 2: try FileManager.default.removeItem(at: images)
                default: throw Over()
                }
            }
        }
        #expect(told == ["ready 2", "ready 1", "unreadable"])
    }
}
