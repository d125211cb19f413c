import AsyncHTTPClient
import struct Crypto.SHA256
package import Federation
package import Foundation
import Identity
import NIOCore
import NIOHTTP1
import WireProtocol

extension CoordinatorClient {
    /// Parts on their way at once; the connections a site may have, less the one for progress.
    private static let parallelParts = 3

    /// Fetches a blob part by part into a file, which is there only when it is whole and has the digest.
    ///
    /// - Parameters:
    ///   - digest: the blob.
    ///   - bytes: its size.
    ///   - url: where it is to lie.
    ///   - plan: the plan under which the request leaves, for the ledger.
    ///   - old: a file that is not needed any more and is overwritten.
    /// - Throws: ``AgentError``; parts already fetched stay for the next attempt.
    package func fetch(
        _ digest: SHA256Digest,
        bytes: Int,
        to url: URL,
        plan: SHA256Digest,
        replacing old: URL? = nil
    ) async throws {
        let file = try await DiskThreads.run { () -> PartialBlob? in
            if let known = try? SHA256Digest(ofFile: url), known == digest { return nil }
            return try Self.partial(beside: url, digest, BlobParts(bytes: bytes), replacing: old)
        }
        guard let file else { return }
        let missing = (0..<file.parts.count).filter { !file.has($0) }
        try await inParallel(missing) { part in
            try await fetch(part: part, of: file, plan: plan)
            DiskThreads.begin { try? file.advance() }
        }
        do {
            try await DiskThreads.run {
                try OwnerOnlyFile.move(try file.finish(isDurable: false), to: url)
                file.discard()
            }
        } catch BlobFailure.otherDigest {
            throw AgentError(.tryAgain, "model \(digest) arrived with another SHA-256")
        }
    }

    private static func partial(
        beside url: URL,
        _ digest: SHA256Digest,
        _ parts: BlobParts,
        replacing old: URL?
    ) throws -> PartialBlob {
        let folder = url.appendingPathExtension("parts")
        if let known = PartialBlob.parts(in: folder), known != parts {
            try FileManager.default.removeItem(at: folder)
        }
        return try PartialBlob(in: folder, digest: digest, parts: parts) { target in
            guard let old, old != url else { return false }
            return unsafe rename(old.path, target.path) == 0
        }
    }

    private func fetch(part: Int, of file: PartialBlob, plan: SHA256Digest) async throws {
        guard let bytes = file.parts.range(of: part) else { return }
        let message = Message(
            endpoint: .fetchBlob,
            path: Endpoint.fetchBlob.path(file.digest),
            headers: [("Range", ByteRange(bytes).requestHeader)],
            plan: plan,
            waitingSeconds: 90
        )
        _ = try await send(message) { response in
            guard response.status == .partialContent else { return try await Self.body(response) }
            do {
                try await BodyToDisk.write(response.body, part: part, of: file)
            } catch BlobFailure.otherPartSize {
                throw AgentError(.tryAgain, "a part of a model has the wrong size")
            }
            return []
        }
    }

    /// Uploads a file in parts, sending only those the coordinator does not have.
    package func upload(_ url: URL, as digest: SHA256Digest, plan: SHA256Digest) async throws {
        let file = try PartReader(url)
        let state = try await openUpload(digest, bytes: file.byteCount, plan: plan)
        let parts = BlobParts(bytes: file.byteCount, partBytes: state.partBytes)
        let present = Set(state.partsPresent)
        try await inParallel((0..<parts.count).filter { !present.contains($0) }) { part in
            guard let range = parts.range(of: part) else { return }
            try await put(
                part,
                of: digest,
                try await DiskThreads.run { try file.read(range) },
                plan
            )
        }
        _ = try await send(
            Message(
                endpoint: .closeUpload,
                path: Endpoint.closeUpload.path(digest),
                plan: plan,
                waitingSeconds: 90
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
                body: .init(try WireCodec.encode(OpenUpload(bytes: bytes))),
                plan: plan
            )
        )
        return try WireCodec.decode(UploadState.self, from: answer.body)
    }

    private func put(
        _ part: Int,
        of digest: SHA256Digest,
        _ bytes: PartReader.Part,
        _ plan: SHA256Digest
    ) async throws {
        _ = try await send(
            Message(
                endpoint: .putPart,
                path: Endpoint.putPart.path(digest, part: part),
                body: .init(bytes.bytes, sha256: bytes.sha256),
                plan: plan,
                waitingSeconds: 90
            )
        )
    }

    /// Does all of something, a few at once; the first failure ends the others.
    private func inParallel(
        _ numbers: [Int],
        _ body: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for (index, number) in numbers.enumerated() {
                if index >= Self.parallelParts { try await tasks.next() }
                tasks.addTask { try await body(number) }
            }
            try await tasks.waitForAll()
        }
    }
}
