import AsyncHTTPClient
import struct Crypto.SHA256
package import Federation
package import Foundation
import Identity
import NIOCore
import NIOHTTP1
import ProcessResources
import Tensors
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
        let file = try await BlockingThreads.run { () -> PartialBlob? in
            if let known = try? SHA256Digest(ofFile: url), known == digest { return nil }
            return try Self.partial(beside: url, digest, BlobParts(bytes: bytes), replacing: old)
        }
        guard let file else { return }
        let missing = (0..<file.parts.count).filter { !file.has($0) }
        try await inParallel(missing, at: schedule.down) { part in
            try await fetch(part: part, of: file, plan: plan)
            BlockingThreads.begin { try? file.advance() }
        }
        do {
            try await BlockingThreads.run {
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
                try await BodyToDisk.write(response.body, part: part, of: file, at: schedule.down)
            } catch BlobFailure.otherPartSize {
                throw AgentError(.tryAgain, "a part of a model has the wrong size")
            }
            return []
        }
    }

    /// Uploads a file in parts, sending only those the coordinator does not have.
    package func upload(_ url: URL, as digest: SHA256Digest, plan: SHA256Digest) async throws {
        let file = try PartReader(url)
        let tensors = try? SafetensorsFile(url).header.entries.map(\.name)
        let state = try await openUpload(digest, bytes: file.byteCount, tensors, plan: plan)
        let parts = BlobParts(bytes: file.byteCount, partBytes: state.partBytes)
        let present = Set(state.partsPresent)
        let missing = (0..<parts.count).filter { !present.contains($0) }
        try await inParallel(missing, at: schedule.up) { part in
            guard let range = parts.range(of: part) else { return }
            try await put(
                part,
                of: digest,
                try await BlockingThreads.run { try file.read(range) },
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
        _ tensors: [String]?,
        plan: SHA256Digest
    ) async throws -> UploadState {
        let answer = try await send(
            Message(
                endpoint: .openUpload,
                path: Endpoint.openUpload.path(digest),
                body: .init(try WireCodec.encode(OpenUpload(bytes: bytes))),
                plan: plan,
                tensors: tensors
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
                waitingSeconds: 90 + secondsAtPace(bytes.bytes.readableBytes)
            )
        )
    }

    /// What a part takes longer where it is held back.
    private func secondsAtPace(_ bytes: Int) -> Int {
        let time = schedule.up?.time(for: bytes) ?? .zero
        return Int(time.components.seconds) + 1
    }

    /// Does all of something, a few at once and within the site's hours.
    ///
    /// The first failure ends the others. Where a pace holds them back, one after the other.
    private func inParallel(
        _ numbers: [Int],
        at pace: Pace?,
        _ body: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for (index, number) in numbers.enumerated() {
                if index >= (pace == nil ? Self.parallelParts : 1) { try await tasks.next() }
                try await schedule.untilOpen(.transfer) { _ in }
                tasks.addTask { try await body(number) }
            }
            try await tasks.waitForAll()
        }
    }
}
