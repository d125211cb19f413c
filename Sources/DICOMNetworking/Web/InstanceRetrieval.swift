import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization

/// Fetches objects by WADO-RS (PS3.18 section 10.4) and streams them to the inbox.
struct InstanceRetrieval: Sendable {
    private let client: WebClient
    private let inbox: Inbox

    private static let inAnySyntax = "\(inDefaultSyntax); transfer-syntax=*"
    private static let inDefaultSyntax = "multipart/related; type=\"application/dicom\""

    /// Whether the server knows `transfer-syntax=*`.
    private let takesAnySyntax = TakesAnySyntax()

    init(client: WebClient, inbox: Inbox) {
        self.client = client
        self.inbox = inbox
    }

    /// An object that lies in the inbox now.
    struct Kept: Sendable {
        /// Its SOP Instance UID.
        let instance: String
        /// Its size.
        let bytes: Int
    }

    /// Fetches a series or an instance.
    ///
    /// - Parameters:
    ///   - path: The components after the address.
    ///   - kind: What is fetched.
    ///   - wanted: The SOP Instance UIDs that may come; others are not kept.
    ///   - keep: Hears of each object that is durable.
    /// - Returns: Objects that came and were not kept, by reason.
    /// - Throws: ``WebError``, or ``InboxError`` if the disk is full or fails.
    func fetch(
        _ path: [String],
        kind: RequestKind,
        wanted: Set<String>,
        keep: (Kept) async throws -> Void
    ) async throws -> [String: Int] {
        let response = try await get(path, kind)
        let type = response.headers.first(name: "Content-Type") ?? ""
        let receiver = PartReceiver(inbox: inbox, wanted: wanted)
        defer { receiver.discard() }
        do {
            try await receive(response, type, receiver, keep)
        } catch let error as WebError {
            throw error
        } catch let error as InboxError {
            throw error
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            // What came whole is kept; the rest is asked for again.
            receiver.refuse("cut-short")
        }
        return receiver.refused
    }

    /// Asks for objects as they are stored, so that no server has to recode and nothing is lost; one
    /// that does not know how to be asked that is asked for its default.
    private func get(_ path: [String], _ kind: RequestKind) async throws -> HTTPClientResponse {
        if takesAnySyntax.value {
            do {
                return try await client.get(path, accept: Self.inAnySyntax, kind: kind)
            } catch let error as WebError where error.code == .notUnderstood {
                takesAnySyntax.value = false
            }
        }
        return try await client.get(path, accept: Self.inDefaultSyntax, kind: kind)
    }

    private func receive(
        _ response: HTTPClientResponse,
        _ type: String,
        _ receiver: PartReceiver,
        _ keep: (Kept) async throws -> Void
    ) async throws {
        if let boundary = MultipartReader.boundary(of: type) {
            var reader = MultipartReader(boundary: boundary)
            for try await buffer in response.body {
                for event in try reader.take(buffer) {
                    if let kept = try await receiver.take(event) { try await keep(kept) }
                }
            }
            try reader.finish()
        } else if type.lowercased().hasPrefix("application/dicom"), !type.contains("json") {
            _ = try await receiver.take(.begin(contentType: type))
            for try await buffer in response.body { _ = try await receiver.take(.bytes(buffer)) }
            if let kept = try await receiver.take(.end) { try await keep(kept) }
        } else if response.status.code != 204 {
            throw WebAnswer.wrongContent(type.isEmpty ? nil : type, from: client.address)
        }
    }
}

/// What was found out about a server.
private final class TakesAnySyntax: Sendable {
    private let state = Mutex(true)

    var value: Bool {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}
