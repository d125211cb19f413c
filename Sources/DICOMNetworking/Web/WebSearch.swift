import AsyncHTTPClient
import DICOM
import Foundation
import NIOCore
import NIOHTTP1

/// Searches by QIDO-RS (PS3.18 section 10.6), page by page.
struct WebSearch: Sendable {
    let client: WebClient

    private static let accept = "application/dicom+json"

    /// The results on a level, each once, in the server's order.
    ///
    /// - Parameters:
    ///   - path: The components after the address.
    ///   - query: Keys to match and fields to return.
    ///   - identifier: The UID that tells results apart; results without one are left out.
    ///   - kind: The level.
    ///   - limit: The most results asked for at once.
    ///   - expected: How many there are in all, if known.
    /// - Returns: The results.
    /// - Throws: ``WebError``.
    func results(
        _ path: [String],
        _ query: [(String, String)] = [],
        identifier: Tag,
        kind: RequestKind,
        limit: Int,
        expected: Int? = nil
    ) async throws -> [Attributes] {
        var pages = ResultPages(limit: limit, expected: expected)
        var results: [Attributes] = []
        while !pages.isComplete {
            try Task.checkCancellation()
            let page = try await page(path, query + pages.query, kind)
                .filter { $0.uid(identifier) != nil }
            let fresh = pages.take(page.map { $0.uid(identifier)?.rawValue ?? "" })
            results += fresh.map { page[$0] }
        }
        return results
    }

    private func page(
        _ path: [String],
        _ query: [(String, String)],
        _ kind: RequestKind
    ) async throws -> [Attributes] {
        let response = try await client.get(path, query, accept: Self.accept, kind: kind)
        guard response.status.code != 204 else { return [] }
        let type = response.headers.first(name: "Content-Type")?.lowercased()
        guard let type, type.contains("json") else {
            throw WebAnswer.wrongContent(type, from: client.address)
        }
        return try await decoded(response)
    }

    private func decoded(_ response: HTTPClientResponse) async throws -> [Attributes] {
        let body: ByteBuffer
        do {
            body = try await response.body.collect(upTo: WebAnswer.searchBytesMax)
        } catch is NIOTooManyBytesError {
            throw WebError(
                .tooLarge,
                "\(client.address.host) answers a search with more than"
                    + " \(WebAnswer.searchBytesMax >> 20) MiB",
                hint: "narrow since and until: this server passes over limit"
            )
        } catch let error where !(error is CancellationError) {
            throw WebAnswer.failure(error, to: client.address)
        }
        guard body.readableBytes > 0 else { return [] }
        do {
            return try JSONDecoder().decode(
                [Attributes].self,
                from: Data(body.readableBytesView)
            )
        } catch {
            throw WebError(
                .notDICOMweb,
                "\(client.address.host) answers a search with what is no DICOM JSON",
                hint: "check that the url is that of a DICOMweb service (QIDO-RS and WADO-RS)"
            )
        }
    }
}
