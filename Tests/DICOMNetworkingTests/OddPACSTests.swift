import DICOM
import DICOMNetworking
import Foundation
import NIOHTTP1
import Testing

/// Pulls from servers that do not keep to the standard.
@Suite struct OddPACSTests {
    private static func study(_ number: Int, extra: String = "") -> String {
        """
        {"0020000D": {"vr": "UI", "Value": ["1.2.3.\(number)"]},
         "00081030": {"vr": "LO", "Value": ["HEAD 20250131"]}, \(extra)
         "00201208": {"vr": "IS", "Value": ["2"]}}
        """
    }

    private static func list(_ entries: [String]) -> ScriptedPACS.Answer {
        .json("[" + entries.joined(separator: ",") + "]")
    }

    private static func survey(
        _ server: ScriptedPACS,
        _ memory: MemoryOfPulls = MemoryOfPulls()
    ) async throws -> PullSurvey {
        try await pulling(server, memory) { try await $0.survey() }
    }

    private static func pulling<Result: Sendable>(
        _ server: ScriptedPACS,
        _ memory: MemoryOfPulls,
        _ body: (WebPull) async throws -> Result
    ) async throws -> Result {
        let folder = try WebPullTests.Folder()
        var settings = WebClient.Settings()
        settings.credentials = .bearer("t")
        settings.requestsPerSecond = 1000
        settings.retry.base = .milliseconds(1)
        return try await WebClient.connected(to: try WebAddress(server.address), settings) {
            client in
            try await body(
                WebPull(
                    client,
                    search: StudySearch(),
                    inbox: folder.inbox,
                    memory: memory,
                    connections: 1,
                    report: { _ in }
                )
            )
        }
    }

    private static func query(_ target: String) -> [String: Int] {
        let items = URLComponents(string: target)?.queryItems ?? []
        return Dictionary(
            items.compactMap { item in item.value.flatMap(Int.init).map { (item.name, $0) } },
            uniquingKeysWith: { first, _ in first }
        )
    }

    @Test func `every study is found, whatever a server makes of limit and offset`() async throws {
        let all = (0..<450).map { Self.study($0) }
        let servers: [@Sendable ([String: Int]) -> ArraySlice<String>] = [
            // Keeps to both; gives at most 70; passes over limit; passes over offset.
            {
                all[
                    min($0["offset"] ?? 0, 450)..<min(($0["offset"] ?? 0) + ($0["limit"] ?? 0), 450)
                ]
            },
            { all[min($0["offset"] ?? 0, 450)..<min(($0["offset"] ?? 0) + 70, 450)] },
            { _ in all[...] }, { all[..<min($0["limit"] ?? 0, 450)] },
        ]
        for (index, server) in servers.enumerated() {
            try await ScriptedPACS.run { target, _ in
                Self.list(Array(server(Self.query(target))))
            } _: { server in
                let survey = try await Self.survey(server)
                #expect(survey.studies == 450, "server \(index)")
                #expect(server.requests.count < 12, "server \(index): \(server.requests.count)")
                #expect(survey.lines.first?.description == "HEAD ########")
            }
        }
    }

    @Test func `a busy server is asked again, and told what it is in the end`() async throws {
        try await ScriptedPACS.run { _, number in
            number < 3
                ? .init(status: .serviceUnavailable, headers: [("Retry-After", "0")])
                : Self.list(number == 3 ? [Self.study(1)] : [])
        } _: { server in
            let survey = try await Self.survey(server)
            #expect(survey.studies == 1)
            #expect(server.requests.count == 4)
        }
        try await ScriptedPACS.run { _, _ in
            .init(status: .tooManyRequests)
        } _: { server in
            let error = await #expect(throws: WebError.self) { try await Self.survey(server) }
            #expect(error?.code == .busy && server.requests.count == 5)
        }
    }

    @Test func `a page, a redirection and nonsense are no PACS`() async throws {
        let page = Array("<html>login</html>".utf8)
        let answers: [ScriptedPACS.Answer] = [
            .init(headers: [("Content-Type", "text/html")], body: page),
            .init(status: .found, headers: [("Location", "http://192.0.2.1/dicom-web")]),
            .json("{\"error\": 1}"), .json("[{"),
        ]
        for answer in answers {
            try await ScriptedPACS.run { _, _ in
                answer
            } _: { server in
                let error = await #expect(throws: WebError.self) { try await Self.survey(server) }
                #expect(error?.code == .notDICOMweb)
                #expect(server.requests.count == 1, "nothing is followed")
            }
        }
        try await ScriptedPACS.run { _, _ in
            .init(status: .forbidden)
        } _: { server in
            let error = await #expect(throws: WebError.self) { try await Self.survey(server) }
            #expect(error?.code == .forbidden)
        }
    }

    /// An object and the answers of a server that has it.
    private static func object() throws -> [UInt8] {
        var dataSet = DataSet()
        try dataSet.set(.sopClassUID, string: RunningReceiver.ctImageStorage)
        try dataSet.set(.sopInstanceUID, string: "1.2.3.1.1.1")
        return try DICOMFile.write(dataSet: dataSet)
    }

    private static func level(_ target: String) -> ScriptedPACS.Answer? {
        let elsewhere = "\"00081190\": {\"vr\": \"UR\", \"Value\": [\"http://192.0.2.1/x\"]},"
        let path = target.split(separator: "?")[0]
        if path.hasSuffix("/studies") { return list([study(1, extra: elsewhere)]) }
        if path.hasSuffix("/series") {
            let uid = "\"0020000E\": {\"vr\": \"UI\", \"Value\": [\"1.2.3.1.1\"]}"
            return list(["{\(elsewhere) \(uid), \"00201209\": {\"vr\": \"IS\", \"Value\": [1]}}"])
        }
        if path.hasSuffix("/instances") {
            return list([
                "{\(elsewhere) \"00080018\": {\"vr\": \"UI\", \"Value\": [\"1.2.3.1.1.1\"]}}"
            ])
        }
        return nil
    }

    private static func multipart(_ object: [UInt8], isCut: Bool = false) -> ScriptedPACS.Answer {
        let head = Array("--b\r\nContent-Type: application/dicom\r\n\r\n".utf8)
        return .init(
            headers: [
                ("Content-Type", "multipart/related; type=\"application/dicom\"; boundary=b")
            ],
            body: head + object + (isCut ? [] : Array("\r\n--b--\r\n".utf8)),
            isCut: isCut
        )
    }

    @Test func `addresses in answers are not followed, and only what was asked for is kept`()
        async throws
    {
        let object = try Self.object()
        try await ScriptedPACS.run { target, _ in
            Self.level(target) ?? Self.multipart(object)
        } _: { server in
            let memory = MemoryOfPulls()
            let done = try await Self.pulling(server, memory) { try await $0.run() }
            #expect(done.fetched == 1 && done.failures == 0 && memory.known.count == 1)
            #expect(memory.requests[.retrieveInstance] == 1)
            #expect(server.requests.allSatisfy { $0.hasPrefix("/web/studies") })
        }
        let other = try HeadStudies.write(
            [HeadStudies.mixed[0]],
            to: FileManager.default.temporaryDirectory.appending(path: "other-\(UUID().uuidString)")
        )
        defer { try? FileManager.default.removeItem(at: other[0].deletingLastPathComponent()) }
        let unasked = [UInt8](try Data(contentsOf: other[0]))
        try await ScriptedPACS.run { target, _ in
            Self.level(target) ?? Self.multipart(unasked)
        } _: { server in
            let memory = MemoryOfPulls()
            let done = try await Self.pulling(server, memory) { try await $0.run() }
            #expect(done.fetched == 0 && done.failed == ["other-object": 1])
            #expect(memory.known.isEmpty)
        }
    }

    @Test func `an answer that is cut is counted, not kept`() async throws {
        let object = try Self.object()
        try await ScriptedPACS.run { target, _ in
            Self.level(target) ?? Self.multipart(object, isCut: true)
        } _: { server in
            let memory = MemoryOfPulls()
            let done = try await Self.pulling(server, memory) { try await $0.run() }
            #expect(done.fetched == 0 && done.failed == ["cut-short": 1] && memory.known.isEmpty)
        }
    }

    @Test func `a server that cannot be asked for any syntax is asked for its default`()
        async throws
    {
        let object = try Self.object()
        try await ScriptedPACS.run { target, number in
            if let level = Self.level(target) { return level }
            return number == 4 ? .init(status: .notAcceptable) : Self.multipart(object)
        } _: { server in
            let done = try await Self.pulling(server, MemoryOfPulls()) { try await $0.run() }
            #expect(done.fetched == 1, "\(server.requests)")
        }
    }
}
