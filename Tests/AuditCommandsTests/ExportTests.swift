import AuditLog
import CanonicalJSON
import Foundation
import Subprocess
import SystemPackage
import TestSupport
import Testing

@Suite struct ExportTests {
    private static let hasXMLLint = FileManager.default.isExecutableFile(
        atPath: "/usr/bin/xmllint"
    )

    @Test(.enabled(if: hasXMLLint, "needs xmllint (libxml2-utils)"))
    func `every act is an audit message that the schema of PS3.15 A-5-1 takes`() async throws {
        let schema = SharedData.repository.appending(path: "Tests/AuditCommandsTests/atna.rng")
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var files: [String] = []
        for record in try AuditExamples.records() {
            let file = folder.appending(path: "\(record.entry.act.rawValue).xml")
            try Data(ATNAMessage(record).xml.utf8).write(to: file)
            files.append(file.path)
        }
        let (status, complaints) = try await lint(schema, files)
        #expect(status, "\(complaints)")
        // The schema is not one that takes everything.
        let broken = folder.appending(path: "broken.xml")
        let text = ATNAMessage(try #require(try AuditExamples.records().first)).xml
            .replacing("EventOutcomeIndicator=\"0\"", with: "EventOutcomeIndicator=\"1\"")
        try Data(text.utf8).write(to: broken)
        #expect(try await !lint(schema, [broken.path]).0)
    }

    private func lint(_ schema: URL, _ files: [String]) async throws -> (Bool, String) {
        let result = try await Subprocess.run(
            .path("/usr/bin/xmllint"),
            arguments: .init(["--noout", "--relaxng", schema.path] + files),
            output: .discarded,
            error: .string(limit: 1 << 20)
        )
        return (result.terminationStatus.isSuccess, result.standardError)
    }

    @Test func `a message says who, what, when, how it ended, and where the record stands`() throws
    {
        let record = try #require(
            try AuditExamples.records().first { $0.entry.act == .roundUpdateAccept }
        )
        let xml = ATNAMessage(record).xml
        for part in [
            #"<EventID csd-code="110107" codeSystemName="DCM" originalText="Import"/>"#,
            #"csd-code="round.update.accept" codeSystemName="99FED""#, #"UserID="site/site-a""#,
            #"AuditSourceID="site/0011223344556677""#,
            #"EventDateTime="2026-09-21T14:13:20."#,
            #"ParticipantObjectID="site/0011223344556677/\#(record.sequence)""#,
        ] {
            #expect(xml.contains(part), "\(part) is not in \(xml)")
        }
    }

    @Test func `events that PS3-16 knows as types belong to the family that carries them`() {
        for act in AuditAct.allCases {
            let family = DICOMAuditCode.family(of: act)
            #expect(
                ["110100", "110101", "110106", "110107", "110113", "110114"].contains(family.code)
            )
            for type in DICOMAuditCode.types(of: act) {
                #expect((110_120...110_139).contains(Int(type.code) ?? 0), "\(act)")
            }
        }
        #expect(DICOMAuditCode.family(of: .siteRevoke).code == "110113")
        #expect(DICOMAuditCode.types(of: .siteRevoke).map(\.code) == ["110136"])
        #expect(DICOMAuditCode.types(of: .processStart).map(\.code) == ["110120"])
        #expect(DICOMAuditCode.types(of: .egressSend).isEmpty)
    }

    @Test func `FHIR resources have what R4 requires of an AuditEvent`() throws {
        var ids: Set<String> = []
        for record in try AuditExamples.records() {
            let json = FHIRAuditEvent(record).json
            #expect(json["resourceType"]?.stringValue == "AuditEvent")
            let id = try #require(json["id"]?.stringValue)
            #expect(id.wholeMatch(of: /[A-Za-z0-9\-.]{1,64}/) != nil, "\(id)")
            ids.insert(id)
            #expect(json["type"]?["system"]?.stringValue?.hasSuffix("/DCM") == true)
            #expect(["C", "R", "U", "D", "E"].contains(json["action"]?.stringValue))
            #expect(["0", "4", "8", "12"].contains(json["outcome"]?.stringValue))
            #expect(json["recorded"]?.stringValue?.hasPrefix("2026-09-21T14:13:20.") == true)
            let agents = try #require(json["agent"]?.arrayValue)
            #expect(agents.count == 1 && agents[0]["requestor"]?.boolValue == true)
            #expect(json["source"]?["observer"]?["identifier"]?["value"]?.stringValue == record.log)
            let entities = try #require(json["entity"]?.arrayValue)
            #expect(entities.count == 4)
            #expect(entities.allSatisfy { $0["what"]?["identifier"]?["value"] != nil })
        }
        #expect(ids.count == AuditAct.allCases.count)
    }

    @Test func `JSON lines are the records as they are stored`() throws {
        for record in try AuditExamples.records() {
            #expect(AuditFormat.jsonl.line(record) == record.leaf)
            #expect(AuditFormat.bundle.line(record) == nil)
        }
    }

    @Test func `times before and after a leap day are civil`() {
        for (milliseconds, text) in [
            (0, "1970-01-01T00:00:00.000Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (1_709_164_799_999, "2024-02-28T23:59:59.999Z"),
            (1_709_251_200_001, "2024-03-01T00:00:00.001Z"),
            (4_102_444_800_000, "2100-01-01T00:00:00.000Z"),
        ] as [(Int64, String)] {
            #expect(CivilTime.text(milliseconds: milliseconds, hasFraction: true) == text)
        }
    }
}
