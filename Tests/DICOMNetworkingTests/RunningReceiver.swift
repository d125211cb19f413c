import DICOM
import DICOMNetworking
import Foundation
import NIOSSL
import Synchronization
import Testing

/// A receiver on a free port of the loopback with an inbox of its own.
struct RunningReceiver: Sendable {
    let port: Int
    let inbox: Inbox
    let events: Events

    /// What the receiver told so far, and what it will tell.
    final class Events: Sendable {
        private let told = Mutex<[ReceiverEvent]>([])
        private let stream: AsyncStream<ReceiverEvent>
        private let continuation: AsyncStream<ReceiverEvent>.Continuation

        init() { (stream, continuation) = AsyncStream.makeStream() }

        var all: [ReceiverEvent] { told.withLock { $0 } }

        func add(_ event: ReceiverEvent) {
            told.withLock { $0.append(event) }
            continuation.yield(event)
        }

        /// The next event that gives a value; for one reader at a time.
        func first<Value: Sendable>(
            _ body: @escaping @Sendable (ReceiverEvent) -> Value?
        ) async throws -> Value {
            try await within(.seconds(60), "an event") {
                for await event in self.stream {
                    if let value = body(event) { return value }
                }
                throw CancellationError()
            }
        }

        /// The record of the next connection that ends.
        func end() async throws -> AssociationRecord {
            try await first { event in
                if case .ended(let record) = event { record } else { nil }
            }
        }
    }

    static let title = "FEDAGENT"
    static let ctImageStorage = "1.2.840.10008.5.1.4.1.1.2"
    static let decodable: [TransferSyntax] = [
        .implicitVRLittleEndian, .explicitVRLittleEndian, .deflatedExplicitVRLittleEndian,
        .explicitVRBigEndian, .rleLossless, .jpegLossless, .jpegLosslessSV1, .jpegLSLossless,
        .jpegLSNearLossless, .jpeg2000Lossless, .jpeg2000,
    ]

    /// A policy that lets in `SCANNER` from the loopback, or who is given.
    static func policy(
        peer: String = "SCANNER",
        address: String = "127.0.0.1",
        limits: ReceiverLimits = .standard
    ) throws -> AssociationPolicy {
        AssociationPolicy(
            title: try #require(ApplicationEntityTitle(title)),
            peers: [
                AssociationPolicy.Peer(
                    title: try #require(ApplicationEntityTitle(peer)),
                    address: try #require(NetworkAddress(address))
                )
            ],
            storageClasses: [ctImageStorage],
            transferSyntaxes: decodable.map(\.uid),
            maximumLength: limits.dataUnitBytesMax,
            associationsMax: limits.associationsMax
        )
    }

    /// Runs `body` beside a receiver that is stopped afterwards.
    static func run(
        policy: AssociationPolicy,
        limits: ReceiverLimits = .standard,
        tls: NIOSSLContext? = nil,
        _ body: @escaping @Sendable (RunningReceiver) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "inbox-\(UUID().uuidString)", directoryHint: .isDirectory)
        defer { try? FileManager.default.removeItem(at: folder) }
        let inbox = Inbox(
            folder: folder,
            objectBytesMax: limits.objectBytesMax,
            freeBytesMin: limits.freeBytesMin,
            name: keyedName
        )
        let events = Events()
        let receiver = StorageReceiver(
            policy: policy,
            limits: limits,
            inbox: inbox,
            tls: tls,
            emit: { events.add($0) }
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await receiver.run(host: "127.0.0.1", port: 0) }
            let port = try await events.first { event in
                if case .listening(_, let port) = event { port } else { nil }
            }
            try await body(RunningReceiver(port: port, inbox: inbox, events: events))
            group.cancelAll()
            while let result = await group.nextResult() {
                if case .failure(let error) = result, !(error is CancellationError) { throw error }
            }
        }
    }

    /// The files of the inbox, ascending, below its folder.
    func files() throws -> [URL] {
        try FileManager.default.subpathsOfDirectory(atPath: inbox.folder.path).sorted()
            .filter { $0.hasSuffix(".dcm") || $0.hasSuffix(".part") }
            .map { inbox.folder.appending(path: $0) }
    }

    /// A stand-in for the site's keyed digest.
    static let keyedName: @Sendable (String) -> String = { uid in
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in uid.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let text = String(hash, radix: 16)
        let zeros = String(repeating: "0", count: 16)
        return zeros.prefix(16 - text.count) + text + zeros
    }
}
