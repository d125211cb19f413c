import Foundation
import SiteAgent
import Testing

@Suite struct SiteScheduleTests {
    private static func profile(_ lines: String) throws -> SiteProfile {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: file) }
        let text = """
            id: small
            name: Small hospital
            source: {kind: folder, path: dicom}
            disclosure: {minimumCell: 3, minimumPositives: 3, minimumNegatives: 3}
            approval: {mode: declared}
            \(lines)
            """
        try Data(text.utf8).write(to: file)
        return try SiteProfile.read(from: file)
    }

    @Test func `what waits is named, with the file that says so and until when`() throws {
        let profile = try Self.profile(
            """
            transfer: {up: 2 Mbit/s, down: 500 kB/s, hours: ["20:00-06:00"]}
            training: {hours: ["Sat,Sun 00:00-24:00"]}
            timeZone: Europe/Berlin
            """
        )
        let schedule = try SiteSchedule(of: profile)
        func closed(_ moment: String) throws -> [String] {
            try schedule.closed(at: Date(moment, strategy: .iso8601), policy: nil).map {
                "\($0.what.prefix { $0 != " " }) \($0.until.formatted(.iso8601))"
            }
        }
        // Wednesday noon, Wednesday night, Saturday night.
        #expect(
            try closed("2026-03-04T11:00:00Z")
                == ["training 2026-03-06T23:00:00Z", "models 2026-03-04T19:00:00Z"]
        )
        #expect(try closed("2026-03-04T22:00:00Z") == ["training 2026-03-06T23:00:00Z"])
        #expect(try closed("2026-03-07T22:00:00Z").isEmpty)
    }

    @Test func `a profile keeps its schedule when the site takes it over`() async throws {
        let lines = "transfer: {up: 2 Mbit/s, hours: ['20:00-06:00']}\ntimeZone: Asia/Tokyo"
        let profile = try Self.profile(lines)
        let folder = SiteFolder(FileManager.default.temporaryDirectory.appending(path: "\(UUID())"))
        defer { try? FileManager.default.removeItem(at: folder.root) }
        try await SiteSetup.create(in: folder, profile: profile)
        #expect(try SiteProfile.read(from: folder.profile) == profile)
    }

    @Test(arguments: [
        ("transfer: {up: fast}", "transfer.up: fast is no rate"),
        ("transfer: {hours: ['25:00-06:00']}", "transfer.hours: 25:00-06:00 is no span"),
        ("transfer: {upp: 2 Mbit/s}", "transfer.upp: is not a known key"),
        ("training: {hours: []}", "training.hours: must have 1"),
        ("timeZone: Mars", "timeZone: Mars is no"),
    ])
    func `a schedule that is wrong is told with its key`(lines: String, words: String) {
        let error = #expect(throws: AgentError.self) { try Self.profile(lines) }
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
}
