import CoordinatorServer
import struct Crypto.SHA256
import Federation
import Foundation
import Testing
import WireProtocol

/// Uploads across restarts of the coordinator: a second directory object on the same folder.
@Suite struct UploadDirectoryTests {
    private static let site = SiteID(rawValue: "alpha")
    private static let bytes = (0..<(2 * Limits.partBytes + 100)).map {
        UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8)
    }
    private static let digest = Federation.SHA256Digest(hashing: bytes)

    private let root: URL
    private let blobs: BlobDirectory

    init() throws {
        root = FileManager.default.temporaryDirectory.appending(path: "uploads-\(UUID())")
        blobs = try BlobDirectory(folder: root.appending(path: "blobs"))
    }

    private func directory() throws -> UploadDirectory {
        try UploadDirectory(folder: root.appending(path: "uploads"), blobs: blobs)
    }

    private func put(_ part: Int, in upload: PartialBlob) throws {
        let writer = try upload.writer(of: part, isDigested: true)
        guard let range = upload.parts.range(of: part) else { return }
        try unsafe Self.bytes[range].withUnsafeBytes { try unsafe writer.append($0) }
        try writer.finish()
    }

    @Test func `a new process believes the parts that are whole`() throws {
        defer { try? FileManager.default.removeItem(at: root) }
        let site = try #require(Self.site)
        let before = try directory()
        _ = try before.open(Self.digest, bytes: Self.bytes.count, by: site)
        let upload = try before.upload(Self.digest, by: site)
        try put(2, in: upload)
        try put(0, in: upload)
        let half = try upload.writer(of: 1, isDigested: true)
        try unsafe Self.bytes[..<100].withUnsafeBytes { try unsafe half.append($0) }

        let after = try directory()
        let state = try after.open(Self.digest, bytes: Self.bytes.count, by: site)
        #expect(state.partsPresent == [0, 2])
        try put(1, in: try after.upload(Self.digest, by: site))
        #expect(try after.close(Self.digest, by: site).bytes == Self.bytes.count)
        #expect(try Data(contentsOf: blobs.url(Self.digest)) == Data(Self.bytes))
    }

    @Test func `a part whose bytes a power cut has lost is asked for again`() throws {
        defer { try? FileManager.default.removeItem(at: root) }
        let site = try #require(Self.site)
        let before = try directory()
        _ = try before.open(Self.digest, bytes: Self.bytes.count, by: site)
        let upload = try before.upload(Self.digest, by: site)
        for part in 0..<3 { try put(part, in: upload) }
        let file = root.appending(path: "uploads/alpha/\(Self.digest)/whole")
        let handle = try FileHandle(forUpdating: file)
        try handle.seek(toOffset: UInt64(Limits.partBytes))
        try handle.write(contentsOf: [UInt8](repeating: 0, count: 4096))
        try handle.close()

        let after = try directory()
        let state = try after.open(Self.digest, bytes: Self.bytes.count, by: site)
        #expect(state.partsPresent == [0, 2])
        try put(1, in: try after.upload(Self.digest, by: site))
        #expect(try after.close(Self.digest, by: site).sha256 == Self.digest)
    }

    @Test func `a site keeps a bounded number of uploads open`() throws {
        defer { try? FileManager.default.removeItem(at: root) }
        let site = try #require(Self.site)
        let uploads = try directory()
        for number in 0..<(UploadDirectory.openMax + 3) {
            let digest = Federation.SHA256Digest(hashing: [UInt8(number)])
            _ = try uploads.open(digest, bytes: 1000, by: site)
        }
        let left = try FileManager.default.contentsOfDirectory(
            atPath: root.appending(path: "uploads/alpha").path
        )
        #expect(left.count == UploadDirectory.openMax)
    }
}
