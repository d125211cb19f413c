import NIOCore
import NIOPosix
package import NIOSSL

/// A Storage and Verification SCP (PS3.4 annexes A and B): takes objects from named senders.
package struct StorageReceiver: Sendable {
    private let policy: AssociationPolicy
    private let limits: ReceiverLimits
    private let inbox: Inbox
    private let tls: NIOSSLContext?
    private let emit: @Sendable (ReceiverEvent) -> Void

    /// A receiver that keeps what it gets in an inbox.
    package init(
        policy: AssociationPolicy,
        limits: ReceiverLimits = .standard,
        inbox: Inbox,
        tls: NIOSSLContext? = nil,
        emit: @escaping @Sendable (ReceiverEvent) -> Void
    ) {
        self.policy = policy
        self.limits = limits
        self.inbox = inbox
        self.tls = tls
        self.emit = emit
    }

    private typealias Association = NIOAsyncChannel<Arrival, ByteBuffer>

    /// A connection, or the address of one that was closed unread.
    private enum Connection: Sendable {
        case taken(Association, address: String)
        case refused
    }

    /// Takes connections until the task is cancelled; associations under way are aborted then.
    ///
    /// - Throws: ``InboxError`` if the inbox cannot be made, or what binding the port throws.
    package func run(host: String, port: Int) async throws {
        try inbox.prepare()
        let open = OpenConnections()
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.maxMessagesPerRead, value: 4)
            .bind(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try self.connection(channel, open)
                }
            }
        emit(.listening(address: host, port: server.channel.localAddress?.port ?? port))
        try await withThrowingDiscardingTaskGroup { group in
            try await server.executeThenClose { connections in
                for try await connection in connections {
                    guard case .taken(let association, let address) = connection else { continue }
                    group.addTask { await serve(association, address, open) }
                }
            }
            group.cancelAll()
        }
    }

    /// Prepares the pipeline of a connection whose address may call.
    private func connection(_ channel: any Channel, _ open: OpenConnections) throws -> Connection {
        let address = channel.remoteAddress?.ipAddress ?? "unknown"
        guard policy.mayCall(from: address) else {
            emit(.addressRefused(address: address))
            channel.close(promise: nil)
            return .refused
        }
        // Those beyond the associations get a rejection; those beyond twice as many get nothing.
        guard open.enter(max: limits.associationsMax * 2) else {
            emit(.connectionsExceeded(address: address))
            channel.close(promise: nil)
            return .refused
        }
        channel.closeFuture.whenComplete { _ in open.leave() }
        let pipeline = channel.pipeline.syncOperations
        if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
        let decoder = UnitDecoder(maximumLength: policy.maximumLength)
        try pipeline.addHandler(ByteToMessageHandler(decoder))
        try pipeline.addHandler(DeadlineHandler(limits: limits))
        return .taken(try Association(wrappingChannelSynchronously: channel), address: address)
    }

    private func serve(
        _ association: Association,
        _ address: String,
        _ open: OpenConnections
    ) async {
        var driver = AssociationDriver(
            machine: AssociationStateMachine(policy: policy, address: address),
            session: StorageSession(address: address, inbox: inbox, limits: limits, emit: emit),
            connections: open
        )
        await driver.run(association)
    }
}
