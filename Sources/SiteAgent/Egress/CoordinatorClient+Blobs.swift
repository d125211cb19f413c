import struct Crypto.SHA256
package import Federation
package import Foundation
import Identity
import NIOCore
import WireProtocol

extension CoordinatorClient {
    /// Fetches a blob part by part into a file, which is there only when it is whole and has the digest.
    ///
    /// - Throws: ``AgentError``; parts already fetched stay for the next attempt.
    package func fetch(
        _ digest: SHA256Digest,
        bytes: Int,
        to url: URL,
        plan: SHA256Digest
    ) async throws {
        if let known = try? SHA256Digest(ofFile: url), known == digest { return }
        let part = url.appendingPathExtension("part")
        let handle = try openForAppending(part)
        defer { try? handle.close() }
        var offset = Int(try handle.seekToEnd())
        if offset > bytes {
            try handle.truncate(atOffset: 0)
            offset = 0
        }
        while offset < bytes {
            let range = ByteRange(offset..<min(offset + Limits.partBytes, bytes))
            try handle.write(contentsOf: try await fetch(digest, range, plan: plan))
            offset = range.bytes.upperBound
        }
        try handle.synchronize()
        guard try SHA256Digest(ofFile: part) == digest else {
            try FileManager.default.removeItem(at: part)
            throw AgentError(.tryAgain, "model \(digest) arrived with another SHA-256")
        }
        try OwnerOnlyFile.move(part, to: url)
    }

    private func fetch(
        _ digest: SHA256Digest,
        _ range: ByteRange,
        plan: SHA256Digest
    ) async throws -> Data {
        let answer = try await send(
            Message(
                endpoint: .fetchBlob,
                path: Endpoint.fetchBlob.path(digest),
                headers: [("Range", range.requestHeader)],
                plan: plan,
                timeout: .seconds(120),
                responseBytesMax: Limits.partBytes
            )
        )
        guard answer.body.count == range.bytes.count else {
            throw AgentError(.tryAgain, "a part of model \(digest) has the wrong size")
        }
        return Data(answer.body)
    }

    /// Uploads a file in parts, sending only those the coordinator does not have.
    package func upload(_ url: URL, as digest: SHA256Digest, plan: SHA256Digest) async throws {
        let handle = try FileHandle(forReadingFrom: url)
        defer { try? handle.close() }
        let bytes = Int(try handle.seekToEnd())
        let state = try await openUpload(digest, bytes: bytes, plan: plan)
        let parts = BlobParts(bytes: bytes, partBytes: state.partBytes)
        let present = Set(state.partsPresent)
        for index in 0..<parts.count where !present.contains(index) {
            guard let range = parts.range(of: index) else { continue }
            try handle.seek(toOffset: UInt64(range.lowerBound))
            let data = try handle.read(upToCount: range.count) ?? Data()
            try await put(part: index, of: digest, Array(data), plan: plan)
        }
        _ = try await send(
            Message(
                endpoint: .closeUpload,
                path: Endpoint.closeUpload.path(digest),
                plan: plan,
                timeout: .seconds(120)
            )
        )
    }

    private func openUpload(
        _ digest: SHA256Digest,
        bytes: Int,
        plan: SHA256Digest
    ) async throws -> UploadState {
        let answer = try await send(
            Message(
                endpoint: .openUpload,
                path: Endpoint.openUpload.path(digest),
                body: try WireCodec.encode(OpenUpload(bytes: bytes)),
                plan: plan
            )
        )
        return try WireCodec.decode(UploadState.self, from: answer.body)
    }

    private func put(
        part index: Int,
        of digest: SHA256Digest,
        _ bytes: [UInt8],
        plan: SHA256Digest
    ) async throws {
        let contentDigest = ContentDigest.value(of: SHA256.hash(data: bytes))
        _ = try await send(
            Message(
                endpoint: .putPart,
                path: Endpoint.putPart.path(digest, part: index),
                body: bytes,
                headers: [(ContentDigest.name, contentDigest)],
                plan: plan,
                timeout: .seconds(120)
            )
        )
    }

    private func openForAppending(_ url: URL) throws -> FileHandle {
        if !FileManager.default.fileExists(atPath: url.path) {
            let made = FileManager.default.createFile(
                atPath: url.path,
                contents: nil,
                attributes: [.posixPermissions: 0o600]
            )
            guard made else { throw AgentError(.failed, "\(url.path) cannot be created") }
        }
        return try FileHandle(forUpdating: url)
    }
}
