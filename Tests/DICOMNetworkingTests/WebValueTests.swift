import DICOMNetworking
import Foundation
import NIOCore
import Testing

/// The values behind a pull.
@Suite struct WebValueTests {
    @Test(arguments: [
        ("*HEAD*", "CT Head w/o", true), ("HEAD", "HEAD", true), ("HEAD", "HEADS", false),
        ("H?AD", "head", true), ("*A*B*", "xxAyyBzz", true), ("*A*B", "AxBxB", true),
        ("", "", true), ("*", "", true), ("?", "", false),
        ("*a*a*a*a*b", String(repeating: "a", count: 60), false),
    ])
    func `wild cards match as PS3.4 says`(pattern: String, text: String, matches: Bool) {
        #expect(WildcardPattern(pattern).matches(text) == matches)
    }

    @Test(
        arguments: [
            (nil, 1, 1), (nil, 3, 4), ("30", 1, 30), ("0", 2, 2), ("99999", 1, 600), ("soon", 1, 1),
            ("Wed, 01 Jan 2025 00:01:00 GMT", 1, 60), ("Wed, 01 Jan 2020 00:00:00 GMT", 1, 1),
        ] as [(String?, Int, Int)]
    )
    func `Retry-After is kept to, within bounds`(header: String?, attempt: Int, seconds: Int) {
        let now = Date(timeIntervalSince1970: 1_735_689_600)
        let wait = RetryPolicy().wait(after: attempt, retryAfter: header, now: now)
        #expect(wait == .seconds(seconds))
    }

    @Test(arguments: ["2025-01-31", "20250131"])
    func `a day is read`(text: String) { #expect(StudyDate(text)?.description == "2025-01-31") }

    @Test(arguments: ["2025-13-01", "2025-1-1", "yesterday", "", "2025013", "2025-01-32"])
    func `what is no day is none`(text: String) { #expect(StudyDate(text) == nil) }

    @Test(arguments: [
        "pacs.example", "ftp://pacs.example", "https://u:p@pacs.example/x",
        "https://pacs.example/?a=b",
        "http://pacs.example/dicom-web", "",
    ])
    func `an address that cannot be used is refused`(text: String) {
        let error = #expect(throws: WebError.self) { try WebAddress(text) }
        #expect(error?.code == .badSettings)
    }

    @Test func `credentials stand in a file that nobody else can read`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("# PACS\nusername: reader\npassword: a:b c\n".utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
        let error = #expect(throws: WebError.self) { try WebCredentials.read(file: file.path) }
        #expect(error?.hint.contains("chmod 600") == true)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        let read = try WebCredentials.read(file: file.path)
        #expect(read == .basic(user: "reader", password: "a:b c"))
        #expect(WebCredentials.read(environment: ["FEDAGENT_PACS_TOKEN": "t"]) == .bearer("t"))
        #expect(WebCredentials.read(environment: [:]) == .none)
    }

    private static let parts: [[UInt8]] = [
        [], [1, 2, 3], Array("\r\n--boundar\r\n\r\n--".utf8), [UInt8](repeating: 0x0D, count: 300),
    ]

    private static var body: [UInt8] {
        var body = Array("a preamble".utf8)
        for part in parts {
            body += Array("\r\n--boundary\r\nContent-Type: application/DICOM\r\n\r\n".utf8) + part
        }
        return body + Array("\r\n--boundary--\r\nthe end".utf8)
    }

    @Test(arguments: [1, 2, 3, 7, 64, 10_000])
    func `parts come out whole however the body is cut`(step: Int) throws {
        let body = Self.body
        var reader = MultipartReader(boundary: "boundary")
        var found: [[UInt8]] = []
        for start in stride(from: 0, to: body.count, by: step) {
            let slice = body[start..<min(start + step, body.count)]
            for event in try reader.take(ByteBuffer(bytes: slice)) {
                switch event {
                case .begin(let type):
                    #expect(type == "application/dicom")
                    found.append([])
                case .bytes(let bytes): found[found.count - 1] += Array(bytes.readableBytesView)
                case .end: continue
                }
            }
        }
        try reader.finish()
        #expect(found == Self.parts)
    }

    @Test func `a body that ends early is malformed`() throws {
        var reader = MultipartReader(boundary: "boundary")
        _ = try reader.take(ByteBuffer(bytes: Self.body.dropLast(30)))
        #expect(throws: MultipartReader.Malformed.self) { try reader.finish() }
    }

    @Test(
        arguments: [
            ("multipart/related; type=\"application/dicom\"; boundary=ab", "ab"),
            ("Multipart/Related; Boundary=\"a b\"; type=x", "a b"), ("application/dicom", nil),
            ("multipart/related", nil),
        ] as [(String, String?)]
    )
    func `a boundary is read`(type: String, boundary: String?) {
        #expect(MultipartReader.boundary(of: type) == boundary)
    }
}
