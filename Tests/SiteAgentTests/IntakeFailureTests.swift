import Foundation
import SiteAgent
import SiteStore
import Subprocess
import SystemPackage
import Testing

@Suite struct IntakeFailureTests {
    @Test func `a second agent on the folder is refused, with the first one's process`()
        async throws
    {
        let site = try await SmallHospital()
        let lock = try SiteLock(site.folder)
        let error = await #expect(throws: AgentError.self) { try await site.intake() }
        #expect(error?.code == .tryAgain)
        #expect(
            error?.message.contains("\(ProcessInfo.processInfo.processIdentifier)") == true
        )
        lock.release()
        #expect(try await site.intake())
    }

    @Test(arguments: [
        ("format: plain-csv, path: no-such-folder", "no-such-folder"),
        ("format: report-csv, path: labels", "AccessionNumber"),
        ("format: cq500-reads, path: labels", "cq500-reads"),
    ])
    func `labels that cannot be read stop the intake before an image is touched`(
        labels: String,
        word: String
    ) async throws {
        let site = try await SmallHospital(labels: labels)
        let error = await #expect(throws: AgentError.self) { try await site.intake() }
        #expect(error?.code == .badInput)
        #expect(error?.message.contains(word) == true, "\(String(describing: error))")
        #expect(error?.hint?.contains("site.yaml") == true)
        #expect(try await site.store().files().isEmpty)
    }

    @Test func `a label file that is no text is named`() async throws {
        let site = try await SmallHospital()
        let labels = site.hospital.appending(path: "labels")
        for name in try FileManager.default.contentsOfDirectory(atPath: labels.path) {
            try Data((0..<4000).map { UInt8(truncatingIfNeeded: $0 &* 37) })
                .write(to: labels.appending(path: name))
        }
        let error = await #expect(throws: AgentError.self) { try await site.intake() }
        #expect(error?.code == .badInput && error?.message.contains("labels") == true)
    }

    @Test func `a source folder that is not there is named`() async throws {
        let site = try await SmallHospital()
        try FileManager.default.removeItem(at: site.images)
        let error = await #expect(throws: AgentError.self) { try await site.intake() }
        #expect(error?.code == .badInput)
        #expect(error?.message.contains(site.images.path) == true)
    }

    @Test func `files that are no images are held back with a reason`() async throws {
        let site = try await SmallHospital()
        try Data("not an image".utf8).write(to: site.images.appending(path: "README.txt"))
        try Data().write(to: site.images.appending(path: "empty"))
        try await site.intake()
        let counts = try await site.store().quarantineCounts()
        let refused = counts.filter { ["not-dicom", "unreadable"].contains($0.reason) }
        #expect(refused.map(\.files).reduce(0, +) == 2)
        #expect(try await site.store().files().count == (try site.paths().count))
    }

    @Test func `what is no file to be read is listed with its reason, and waits for its name`()
        async throws
    {
        let site = try await SmallHospital()
        try await site.intake()
        let before = try await site.store().files().count
        let path = try #require(try site.axial())
        try FileManager.default.moveItem(
            at: site.url(path),
            to: site.images.appending(path: ".IM.x7Qd")
        )
        try FileManager.default.createSymbolicLink(
            at: site.images.appending(path: "link"),
            withDestinationURL: site.images
        )
        try await site.intake()
        let store = try site.store()
        let counts = try await store.quarantineCounts()
        #expect(counts.contains { $0.reason == "hidden-file" && $0.files == 1 })
        #expect(counts.contains { $0.reason == "symbolic-link" && $0.files == 1 })
        #expect(try await store.files().count == before + 1)
        try FileManager.default.moveItem(
            at: site.images.appending(path: ".IM.x7Qd"),
            to: site.url(path)
        )
        try await site.intake()
        #expect(try await !store.quarantineCounts().contains { $0.reason == "hidden-file" })
    }

    @Test func `a key that others can read is refused`() async throws {
        let site = try await SmallHospital()
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o640],
            ofItemAtPath: site.folder.deidentificationKey.path
        )
        let error = await #expect(throws: AgentError.self) { try await site.intake() }
        #expect(error?.code == .badConfiguration)
        #expect(error?.hint?.contains("chmod 600") == true)
    }

    @Test func `files whose names are not UTF-8 are held back, not missed`() async throws {
        let site = try await SmallHospital()
        try await site.intake()
        let before = try await site.store().files().count
        let made = try await Subprocess.run(
            .path("/bin/bash"),
            arguments: [
                "-c", "cd \"$1\" && printf x > $'M\\xfcller.dcm' && printf x > $'M\\xf6ller.dcm'",
                "make", site.images.path,
            ],
            output: .discarded,
            error: .discarded
        )
        #expect(made.terminationStatus.isSuccess)
        try await site.intake()
        let rows = try await site.store().files()
        #expect(rows.count == before + 2)
        #expect(rows.count { $0.reason == "unreadable-file" } == 2)
    }
}
