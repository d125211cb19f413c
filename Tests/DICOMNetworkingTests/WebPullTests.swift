import DICOM
import DICOMNetworking
import Foundation
import Testing

/// Pulls from a real Orthanc.
@Suite(.enabled(if: Orthanc.isInstalled, Comment(rawValue: Orthanc.absent)), .serialized)
struct WebPullTests {
    /// A folder that is gone after the test.
    final class Folder: Sendable {
        let url = FileManager.default.temporaryDirectory
            .appending(path: "pull-\(UUID().uuidString)", directoryHint: .isDirectory)

        var inbox: Inbox {
            Inbox(
                folder: url.appending(path: "inbox"),
                freeBytesMin: 0,
                name: RunningReceiver.keyedName
            )
        }

        init() throws {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        }
        deinit { try? FileManager.default.removeItem(at: url) }
    }

    static let credentials = WebCredentials.basic(user: "reader", password: "secret")

    static var headSearch: StudySearch {
        var search = StudySearch()
        search.bodyParts = ["HEAD"]
        search.descriptions = ["*HEAD*"]
        search.since = StudyDate("2025-01-01")
        return search
    }

    /// Runs `body` with a pull from a server.
    static func pulling<Result: Sendable>(
        _ address: String,
        _ folder: Folder,
        _ memory: MemoryOfPulls,
        credentials: WebCredentials = credentials,
        authority: String? = nil,
        identity: ClientIdentity? = nil,
        search: StudySearch = headSearch,
        again: Bool = false,
        _ body: @Sendable (WebPull) async throws -> Result
    ) async throws -> Result {
        var settings = WebClient.Settings()
        settings.credentials = credentials
        settings.authority = authority
        settings.identity = identity
        settings.requestsPerSecond = 100
        return try await WebClient.connected(to: try WebAddress(address), settings) { client in
            try await body(
                WebPull(
                    client,
                    search: search,
                    inbox: folder.inbox,
                    memory: memory,
                    connections: 2,
                    isAgain: again,
                    report: { _ in }
                )
            )
        }
    }

    @Test func `head studies are fetched once, and a changed one again`() async throws {
        let folder = try Folder()
        let files = try HeadStudies.write(HeadStudies.mixed, to: folder.url.appending(path: "a"))
        try await Orthanc.run(files: files) { orthanc in
            let memory = MemoryOfPulls()
            let survey = try await Self.pulling(orthanc.address, folder, memory) {
                try await $0.survey()
            }
            #expect(survey.studies == 10 && survey.instances == 30)
            #expect(survey.lines.map(\.description) == ["CT HEAD W/O"])
            #expect(folder.inbox.contents().objects == 0)

            let first = try await Self.pulling(orthanc.address, folder, memory) {
                try await $0.run()
            }
            #expect(first.fetched == 30 && first.known == 0 && first.failures == 0)
            #expect(first.studiesDone == 10 && folder.inbox.contents().objects == 30)
            let one = folder.inbox.file(of: HeadStudies.uid(3, 1))
            let object = try DICOMFile(reading: [UInt8](Data(contentsOf: one)))
            #expect(object.dataSet.string(.sopInstanceUID) == HeadStudies.uid(3, 1))

            let second = try await Self.pulling(orthanc.address, folder, memory) {
                try await $0.run()
            }
            #expect(second.fetched == 0 && second.known == 30)
            #expect((memory.requests[.retrieveSeries] ?? 0) == 10)

            // The PACS corrects a patient's name: Orthanc is given the study anew.
            let changed = try HeadStudies.write(
                [HeadStudies.mixed[2]],
                to: folder.url.appending(path: "b"),
                name: "CORRECTED"
            )
            try await orthanc.delete(study: "1.2.826.0.1.98.3")
            try await orthanc.store(changed)
            let third = try await Self.pulling(orthanc.address, folder, memory) {
                try await $0.run()
            }
            #expect(third.fetched == 3 && third.known == 27)
            #expect(folder.inbox.contents().objects == 30, "a changed object replaces the old one")
            let now = try DICOMFile(reading: [UInt8](Data(contentsOf: one)))
            #expect(now.dataSet.string(Tag(0x0010, 0x0010)) == "INVENTED^CORRECTED3")
        }
    }

    @Test func `an interrupted pull goes on`() async throws {
        let folder = try Folder()
        let files = try HeadStudies.write(HeadStudies.mixed, to: folder.url.appending(path: "a"))
        try await Orthanc.run(files: files) { orthanc in
            let memory = MemoryOfPulls()
            let interrupted = Task {
                try await Self.pulling(orthanc.address, folder, memory) { try await $0.run() }
            }
            while memory.known.count < 6 { try await Task.sleep(for: .milliseconds(2)) }
            interrupted.cancel()
            _ = await interrupted.result
            let before = memory.known.count
            let rest = try await Self.pulling(orthanc.address, folder, memory) {
                try await $0.run()
            }
            #expect(rest.known == before && rest.fetched == 30 - before)
            #expect(folder.inbox.contents().objects == 30)
        }
    }

    @Test func `wrong credentials, a wrong path and a page are told apart`() async throws {
        let folder = try Folder()
        try await Orthanc.run(files: []) { orthanc in
            let web = orthanc.address
            let root = String(web.dropLast("/dicom-web".count))
            let cases: [(String, WebCredentials, WebError.Code)] = [
                (web, .none, .unauthorized),
                (web, .basic(user: "reader", password: "wrong"), .unauthorized),
                (root + "/nowhere", Self.credentials, .notFound),
                // Orthanc's own REST interface does not know the keys of a search.
                (root, Self.credentials, .notUnderstood),
            ]
            for (address, credentials, code) in cases {
                let error = await #expect(throws: WebError.self) {
                    try await Self.pulling(
                        address,
                        folder,
                        MemoryOfPulls(),
                        credentials: credentials
                    ) { try await $0.survey() }
                }
                #expect(error?.code == code, "\(address): \(error?.description ?? "")")
                #expect(error?.description.contains("wrong") == false, "no password in words")
            }
        }
    }

    @Test func `TLS is verified against the authority given`() async throws {
        let folder = try Folder()
        let pair = try await TestCertificate.make(in: folder.url)
        let files = try HeadStudies.write(
            Array(HeadStudies.mixed.prefix(2)),
            to: folder.url.appending(path: "a")
        )
        try await Orthanc.run(certificate: pair.combined, files: files) { orthanc in
            let done = try await Self.pulling(
                orthanc.address,
                folder,
                MemoryOfPulls(),
                authority: pair.certificate.path
            ) { try await $0.run() }
            #expect(done.fetched == 6)
            let error = await #expect(throws: WebError.self) {
                try await Self.pulling(orthanc.address, folder, MemoryOfPulls()) {
                    try await $0.survey()
                }
            }
            #expect(error?.code == .tls, "\(error?.description ?? "")")
        }
    }

    @Test func `a server that asks for a certificate is shown one`() async throws {
        let folder = try Folder()
        let server = try await TestCertificate.make(in: folder.url)
        let client = try await TestCertificate.make(in: folder.url, name: "site")
        let files = try HeadStudies.write(
            Array(HeadStudies.mixed.prefix(2)),
            to: folder.url.appending(path: "a")
        )
        let identity = ClientIdentity(certificate: client.certificate.path, key: client.key.path)
        try identity.check()
        try await Orthanc.run(
            certificate: server.combined,
            clients: client.certificate,
            files: files
        ) { orthanc in
            let done = try await Self.pulling(
                orthanc.address,
                folder,
                MemoryOfPulls(),
                authority: server.certificate.path,
                identity: identity
            ) { try await $0.run() }
            #expect(done.fetched == 6)
            for other in [
                nil, ClientIdentity(certificate: server.combined.path, key: server.key.path),
            ] {
                let error = await #expect(throws: WebError.self) {
                    try await Self.pulling(
                        orthanc.address,
                        folder,
                        MemoryOfPulls(),
                        authority: server.certificate.path,
                        identity: other
                    ) { try await $0.survey() }
                }
                #expect([.tls, .unreachable].contains(error?.code), "\(error?.description ?? "")")
                #expect(
                    error?.hint.contains("clientCertificate") == true,
                    "\(error?.description ?? "")"
                )
            }
        }
    }

    @Test func `an Orthanc without its DICOMweb plug-in is told by what is missing`() async throws {
        let folder = try Folder()
        try await Orthanc.run(isWithPlugin: false, files: []) { orthanc in
            let error = await #expect(throws: WebError.self) {
                try await Self.pulling(orthanc.address, folder, MemoryOfPulls()) {
                    try await $0.survey()
                }
            }
            #expect(error?.code == .notFound)
            #expect(error?.hint.contains("orthanc-dicomweb") == true)
        }
    }
}
