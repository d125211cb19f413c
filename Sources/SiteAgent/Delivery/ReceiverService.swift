import DICOM
import DICOMNetworking
import Deidentification
import Foundation
import NIOSSL
import ServiceLifecycle
package import SiteStore

/// Takes images that scanners and PACS send by C-STORE into the site's inbox.
package struct ReceiverService: Service {
    private let settings: SiteProfile.Source.Receiver
    private let folder: SiteFolder
    private let store: SiteStore
    private let emit: @Sendable (AgentEvent) -> Void

    /// The receiver of a site; nil if its profile has none.
    ///
    /// - Throws: ``AgentError`` if the profile cannot be read.
    package init?(
        folder: SiteFolder,
        store: SiteStore,
        emit: @escaping @Sendable (AgentEvent) -> Void
    ) throws {
        guard let settings = try SiteProfile.read(from: folder.profile).source.receiver else {
            return nil
        }
        self.settings = settings
        self.folder = folder
        self.store = store
        self.emit = emit
    }

    /// What the images are encoded in, that can be decoded here.
    static let transferSyntaxes: [TransferSyntax] = [
        .explicitVRLittleEndian, .implicitVRLittleEndian, .deflatedExplicitVRLittleEndian,
        .explicitVRBigEndian, .rleLossless, .jpegLossless, .jpegLosslessSV1, .jpegLSLossless,
        .jpegLSNearLossless, .jpeg2000Lossless, .jpeg2000,
    ]

    /// Takes connections until graceful shutdown.
    ///
    /// - Throws: ``AgentError`` if the port or the TLS files cannot be used.
    package func run() async throws {
        let (stream, continuation) = AsyncStream.makeStream(
            of: ReceiverEvent.self,
            bufferingPolicy: .bufferingNewest(10_000)
        )
        let inbox = try SiteInbox(folder, freeBytesMin: settings.freeGigabytesMin << 30).inbox
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.record(stream) }
            group.addTask {
                defer { continuation.finish() }
                try await self.receive(into: inbox) { continuation.yield($0) }
            }
            // What cannot be recorded is not received.
            while try await group.next() != nil {}
        }
    }

    private func receive(
        into inbox: Inbox,
        _ tell: @escaping @Sendable (ReceiverEvent) -> Void
    ) async throws {
        let receiver = StorageReceiver(
            policy: try policy(),
            inbox: inbox,
            tls: try context(),
            emit: tell
        )
        inbox.sweep(now: Date())
        do {
            try await cancelWhenGracefulShutdown {
                try await receiver.run(host: settings.address, port: settings.port)
            }
        } catch is CancellationError {
            return
        } catch let error as InboxError {
            throw AgentError(error)
        } catch {
            throw AgentError(
                .unavailable,
                "port \(settings.port) of \(settings.address) cannot be listened at (\(error))",
                hint: "another program may have it; ports below 1024 need a right of their own"
            )
        }
    }

    private func policy() throws -> AssociationPolicy {
        guard let title = ApplicationEntityTitle(settings.title) else {
            throw AgentError(.badConfiguration, "source.receiver.title is no AE title")
        }
        return AssociationPolicy(
            title: title,
            peers: settings.peers.compactMap { peer in
                guard let title = ApplicationEntityTitle(peer.title),
                    let address = NetworkAddress(peer.address)
                else { return nil }
                return AssociationPolicy.Peer(title: title, address: address)
            },
            storageClasses: [SeriesSelection.ctImageStorage],
            transferSyntaxes: Self.transferSyntaxes.map(\.uid)
        )
    }

    private func context() throws -> NIOSSLContext? {
        guard let tls = settings.tls else { return nil }
        let attributes = try? FileManager.default.attributesOfItem(atPath: tls.key)
        let mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue ?? 0
        guard mode & 0o077 == 0 else {
            throw AgentError(
                .badConfiguration,
                "the key \(tls.key) can be read by others",
                hint: "chmod 600 \(tls.key)"
            )
        }
        do {
            return try tls.context()
        } catch {
            throw AgentError(
                .badConfiguration,
                "source.receiver.tls cannot be used: \(error)",
                hint: "certificate, key and clientAuthority are files in PEM"
            )
        }
    }

    // MARK: Records

    /// Records deliveries and, once an address, those who are not let in.
    private func record(_ events: AsyncStream<ReceiverEvent>) async throws {
        var refused: Set<String> = []
        for await event in events {
            switch event {
            case .listening(let address, let port):
                emit(.receiving(address: address, port: port))
            case .addressRefused(let address):
                try await refuse(address, "address-not-allowed", &refused)
            case .connectionsExceeded(let address):
                try await refuse(address, "too-many-connections", &refused)
            case .answered(let peer, let status, let reason, _) where status != .success:
                emit(.objectRefused(sender: peer, reason: reason))
            case .ended(let record): try await end(record, &refused)
            case .opened, .answered: continue
            }
        }
    }

    private func end(_ record: AssociationRecord, _ refused: inout Set<String>) async throws {
        guard let peer = record.peer else {
            return try await refuse(record.address, record.ending.detail, &refused)
        }
        let delivery = DeliveryRow(
            kind: .receiver,
            source: "\(peer)@\(record.address)",
            objects: record.stored,
            known: record.unchanged,
            refused: record.refused,
            bytes: record.bytes,
            outcome: record.ending.code
        )
        // A C-ECHO every minute is no delivery.
        let isEcho = record.stored + record.unchanged + record.refused == 0
        if !isEcho || record.ending != .released { try await store.record(delivery) }
        emit(.received(delivery))
    }

    private func refuse(
        _ address: String,
        _ reason: String,
        _ refused: inout Set<String>
    ) async throws {
        emit(.senderRefused(address: address, reason: reason))
        guard refused.count < 1000, refused.insert("\(address) \(reason)").inserted else { return }
        let code = String(reason.prefix { $0 != ":" })
        try await store.recordRefusedSender(address: address, reason: code)
    }
}
