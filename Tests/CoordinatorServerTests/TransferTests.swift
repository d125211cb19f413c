import CoordinatorServer
import Federation
import Foundation
import Testing
import WireProtocol

/// Blobs down and up, part by part.
@Suite struct TransferTests {
    /// Parameters of a model of two whole parts and a bit.
    static let elements = (2 * Limits.partBytes + 1000) / 4

    @Test func `a model is fetched by ranges and only by ranges in bounds`() async throws {
        try await withRound(elements: Self.elements) { _, site, _, work in
            let path = Endpoint.fetchBlob.path(work.modelSHA256)
            var bytes: [UInt8] = []
            let parts = BlobParts(bytes: work.modelBytes)
            for index in 0..<parts.count {
                guard let range = parts.range(of: index).map(ByteRange.init) else { continue }
                let answer = try await site.send(
                    "GET",
                    path,
                    headers: [("Range", range.requestHeader)]
                )
                #expect(answer.status == 206)
                #expect(answer.contentRange == range.responseHeader(total: work.modelBytes))
                bytes += answer.body
            }
            #expect(SHA256Digest(hashing: bytes) == work.modelSHA256)
            let wrong = [
                "bytes=0-\(work.modelBytes)", "bytes=5-4", "bytes=-5", "bytes=0-1,3-4", "lines=0-1",
                "bytes=0-\(Limits.partBytes)",
            ]
            for header in wrong {
                let answer = try await site.send("GET", path, headers: [("Range", header)])
                #expect(answer.status == 400, "\(header)")
                #expect(answer.code == "malformed")
            }
        }
    }

    @Test func `parts arrive in any order and twice without harm`() async throws {
        try await withRound(elements: Self.elements) { _, site, run, work in
            let bytes = try run.delta(0.25)
            let blob = SHA256Digest(hashing: bytes)
            let parts = BlobParts(bytes: bytes.count)
            let open = OpenUpload(bytes: bytes.count)
            let path = Endpoint.openUpload.path(blob)
            #expect(try await site.send(.openUpload, path, open).status == 200)
            for index in [2, 0, 2] {
                guard let range = parts.range(of: index) else { continue }
                let answer = try await site.put(part: index, of: blob, Array(bytes[range]))
                #expect(answer.status == 204)
            }
            let state = try await site.send(.openUpload, path, open).decoded(UploadState.self)
            #expect(state.partsPresent == [0, 2])
            let early = try await site.send("POST", Endpoint.closeUpload.path(blob))
            #expect(early.status == 404)
            guard let range = parts.range(of: 1) else { return }
            #expect(try await site.put(part: 1, of: blob, Array(bytes[range])).status == 204)
            for _ in 1...2 {
                let closed = try await site.send("POST", Endpoint.closeUpload.path(blob))
                #expect(try closed.decoded(StoredBlob.self).sha256 == blob)
            }
        }
    }

    @Test func `a part with another digest or size is refused and not kept`() async throws {
        try await withRound { _, site, run, _ in
            let bytes = try run.delta(0.25)
            let blob = SHA256Digest(hashing: bytes)
            let open = OpenUpload(bytes: bytes.count)
            let path = Endpoint.openUpload.path(blob)
            let absent = try await site.put(part: 0, of: blob, bytes)
            #expect(absent.status == 404)
            #expect(try await site.send(.openUpload, path, open).status == 200)
            let forged = try await site.put(part: 0, of: blob, bytes, digested: bytes + [0])
            #expect(forged.status == 422)
            #expect(forged.code == "digest-mismatch")
            for wrong in [Array(bytes.dropLast()), bytes + [0]] {
                let answer = try await site.put(part: 0, of: blob, wrong)
                #expect(answer.status == 400)
                #expect(answer.code == "malformed")
            }
            #expect(try await site.put(part: 1, of: blob, bytes).code == "malformed")
            let state = try await site.send(.openUpload, path, open).decoded(UploadState.self)
            #expect(state.partsPresent.isEmpty)
        }
    }

    @Test func `an upload opened again with another size is a conflict`() async throws {
        try await withRound { _, site, run, _ in
            let bytes = try run.delta(0.25)
            let path = Endpoint.openUpload.path(SHA256Digest(hashing: bytes))
            let open = OpenUpload(bytes: bytes.count)
            #expect(try await site.send(.openUpload, path, open).status == 200)
            let other = OpenUpload(bytes: bytes.count - 1)
            let answer = try await site.send(.openUpload, path, other)
            #expect(answer.status == 409)
            #expect(answer.code == "conflict")
        }
    }

    @Test func `more than the model's size and a part above its limit are too-large`()
        async throws
    {
        try await withRound { _, site, run, _ in
            let bytes = try run.delta(0.25)
            let blob = SHA256Digest(hashing: bytes)
            let path = Endpoint.openUpload.path(blob)
            for size in [bytes.count + 1_000_000, Limits.blobBytesMax + 1, 0] {
                let answer = try await site.send(.openUpload, path, OpenUpload(bytes: size))
                #expect(answer.status == 413, "\(size)")
                #expect(answer.code == "too-large")
            }
            let open = OpenUpload(bytes: bytes.count)
            #expect(try await site.send(.openUpload, path, open).status == 200)
            let oversize = [UInt8](repeating: 0, count: Limits.partBytes + 1)
            let answer = try await site.put(part: 0, of: blob, oversize)
            #expect(answer.status == 413)
            #expect(answer.code == "too-large")
        }
    }

    @Test func `bytes that are not what their name says are taken away whole`() async throws {
        try await withRound { _, site, run, _ in
            let bytes = try run.delta(0.25)
            let blob = SHA256Digest(hashing: try run.delta(0.5))
            let path = Endpoint.openUpload.path(blob)
            let open = OpenUpload(bytes: bytes.count)
            #expect(try await site.send(.openUpload, path, open).status == 200)
            #expect(try await site.put(part: 0, of: blob, bytes).status == 204)
            let answer = try await site.send("POST", Endpoint.closeUpload.path(blob))
            #expect(answer.status == 422)
            #expect(answer.code == "digest-mismatch")
            let state = try await site.send(.openUpload, path, open).decoded(UploadState.self)
            #expect(state.partsPresent.isEmpty)
        }
    }
}

/// Runs `body` with one site that has the first round's assignment.
func withRound(
    elements: Int = 64,
    _ body: (TestFederation, TestSite, TestRun, Work.Training) async throws -> Void
) async throws {
    try await TestFederation.serving { federation in
        let site = try await federation.enrolledSite("alpha")
        let run = try await TestRun.start(in: federation, sites: [site], elements: elements)
        try await run.approve(site)
        try await body(federation, site, run, try await run.training(of: site))
    }
}
