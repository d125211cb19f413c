import CanonicalJSON
import DICOM
import Deidentification
import Durability
import Foundation
import SiteAgent
import Testing

/// A folder by itself: every input is accounted for, whatever it is.
@Suite struct FolderRunTests {
    /// An input of its own beside an output and keys.
    private final class Place {
        let root = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        var input: URL { root.appending(path: "input") }
        var output: URL { root.appending(path: "output") }

        init() throws {
            try FileManager.default.createDirectory(at: input, withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(at: root) }

        func run(
            removesFaces: Bool = false,
            to other: URL? = nil
        ) async throws -> RunSummary {
            try await outcome(removesFaces: removesFaces, to: other).summary
        }

        func outcome(
            removesFaces: Bool = false,
            to other: URL? = nil
        ) async throws -> (summary: RunSummary, heldBack: [HeldBackFile]) {
            let output = other ?? output
            let keys = try RunKeys(
                RunKeys.Places(folder: root.appending(path: "keys")),
                awayFrom: output.path,
                announce: { _ in }
            )
            let profile = try ProfileFile.read(nil, keepsFaces: !removesFaces)
            return try await FolderRun(
                input: input,
                output: output,
                profile: profile,
                keys: keys,
                jobs: 2,
                deidentifier: SeriesDeidentifier(
                    profile: profile,
                    key: keys.secret,
                    toolVersion: FolderRun.tool
                ),
                report: { _ in }
            ).execute()
        }

        func count(_ reason: String, _ summary: RunSummary) -> Int {
            summary.reasons.first { $0.reason == reason }?.count ?? 0
        }
    }

    private static func copyImages(_ hospital: SmallHospital, to place: Place) throws -> [URL] {
        try hospital.paths().enumerated().map { number, path in
            let target = place.input.appending(path: "IM\(number)")
            try FileManager.default.copyItem(at: hospital.url(path), to: target)
            return target
        }
    }

    @Test func `an input that lies in the output is refused`() async throws {
        let place = try Place()
        try Data("not an image".utf8).write(to: place.input.appending(path: "README"))
        await #expect(throws: AgentError.self) { _ = try await place.run(to: place.input) }
        let summary = try await place.run(to: place.input.appending(path: "output"))
        #expect(summary.files == 1)
    }

    @Test func `every input is released, a duplicate, or held back with a reason`() async throws {
        let place = try Place()
        let images = try Self.copyImages(try await SmallHospital(), to: place)
        let manager = FileManager.default
        let whole = try Data(contentsOf: images[0])
        try whole.write(to: place.input.appending(path: "again"))
        // A hidden image is an image like others, in a hidden folder too.
        let hidden = place.input.appending(path: ".cache")
        try manager.createDirectory(at: hidden, withIntermediateDirectories: true)
        try manager.moveItem(at: images[1], to: hidden.appending(path: ".IM1"))
        try Data().write(to: place.input.appending(path: "empty"))
        try Data("PK\u{3}\u{4} and so on".utf8).write(to: place.input.appending(path: "study.zip"))
        try Data("not an image".utf8).write(to: place.input.appending(path: "README"))
        try whole.prefix(whole.count / 3).write(to: place.input.appending(path: "half"))
        try manager.createSymbolicLink(
            at: place.input.appending(path: "link"),
            withDestinationURL: images[0]
        )
        try manager.createSymbolicLink(
            at: place.input.appending(path: "loop"),
            withDestinationURL: place.input
        )
        #expect(unsafe mkfifo(place.input.appending(path: "pipe").path, 0o600) == 0)

        let (summary, heldBack) = try await place.outcome()
        #expect(heldBack.count == summary.quarantined)
        let list = place.root.appending(path: "held-back.tsv")
        try HeldBackFile.write(heldBack, to: list, awayFrom: place.output)
        let lines = try String(contentsOf: list, encoding: .utf8).split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("study.zip\tnot-dicom\t") && $0.contains("ZIP") })
        #expect(throws: AgentError.self) {
            try HeldBackFile.check(place.output.appending(path: "x/l"), awayFrom: place.output)
        }
        #expect(summary.files == images.count + 8)
        #expect(summary.files == summary.released + summary.duplicates + summary.quarantined)
        #expect(summary.quarantined == summary.reasons.reduce(0) { $0 + $1.count })
        #expect(summary.duplicates == 1)
        #expect(place.count("symbolic-link", summary) == 2)
        #expect(place.count("special-file", summary) == 1)
        #expect(place.count("not-dicom", summary) == 3)
        #expect(place.count("unreadable", summary) == 1)
        #expect(place.count("hidden-file", summary) == 0)
        let words = summary.text
        #expect(words.contains("\(summary.files) files: \(summary.released) released"))

        let (again, stillHeld) = try await place.outcome()
        #expect(stillHeld.sorted() == heldBack.sorted())
        #expect(again.alreadyDone == again.files && again.released == summary.released)
        #expect(again.quarantined == summary.quarantined && again.duplicates == 1)
    }

    @Test func `a report for programs has the counts of the run, and reads back`() async throws {
        let place = try Place()
        _ = try Self.copyImages(try await SmallHospital(), to: place)
        let summary = try await place.run(removesFaces: true)
        let report = try RunReportReader(output: place.output).report(date: "today", samples: [])
        let document = report.document
        #expect(document.images == summary.released && document.heldBack == summary.quarantined)
        let faces = document.faces
        let series = faces.removed + faces.brainOnly + faces.noFaceInScan + faces.noSurface
        #expect(series + faces.heldBack >= 6, "\(faces)")
        #expect(document.text.searched >= summary.released)
        let bytes = try CanonicalEncoder().encode(document)
        let read = try CanonicalDecoder().decode(DeidentificationReport.Document.self, from: bytes)
        #expect(read == document)
    }

    @Test func `an output of a newer program is refused in words, and stays as it is`() async throws
    {
        let place = try Place()
        _ = try Self.copyImages(try await SmallHospital(), to: place)
        _ = try await place.run()
        let journal = place.output.appending(path: ".fedagent/series.jsonl")
        let text = try String(contentsOf: journal, encoding: .utf8)
        #expect(text.contains(FolderRun.tool))
        try Data(text.replacing(FolderRun.tool, with: "fedagent 99.1.0").utf8).write(to: journal)
        let error = await #expect(throws: AgentError.self) { _ = try await place.run() }
        #expect(error?.code == .refusedByPolicy)
        #expect(error?.message.contains("fedagent 99.1.0") == true)
    }

    @Test func `what a crash left half-written goes, and two programs do not share an output`()
        async throws
    {
        let place = try Place()
        _ = try Self.copyImages(try await SmallHospital(), to: place)
        let work = place.output.appending(path: ".fedagent")
        try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
        try Data("half".utf8).write(to: work.appending(path: "x.part"))
        let lock = try FolderLock(work.appending(path: "lock"))
        let error = await #expect(throws: AgentError.self) { _ = try await place.run() }
        #expect(error?.code == .tryAgain)
        #expect(
            error?.message.contains("\(ProcessInfo.processInfo.processIdentifier)") == true
        )
        lock.release()
        _ = try await place.run()
        let names = FileManager.default.enumerator(atPath: place.output.path)?.compactMap {
            $0 as? String
        }
        #expect(names?.contains { $0.contains(".part") || $0.contains("nosync") } == false)
    }
}
