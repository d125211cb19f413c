import NIOCore

/// Performs what the state machine of one association asks for.
struct AssociationDriver {
    private var machine: AssociationStateMachine
    private var session: StorageSession
    private var ending: AssociationStateMachine.Ending?
    private var isOpen = false
    private let connections: OpenConnections

    init(
        machine: AssociationStateMachine,
        session: StorageSession,
        connections: OpenConnections
    ) {
        self.machine = machine
        self.session = session
        self.connections = connections
    }

    /// Serves a connection to its end, which is told.
    mutating func run(_ association: NIOAsyncChannel<Arrival, ByteBuffer>) async {
        var driver = self
        do {
            driver = try await association.executeThenClose { [driver] arrivals, outbound in
                var driver = driver
                await driver.serve(arrivals, outbound)
                return driver
            }
        } catch {
            driver.ending = driver.ending ?? .transportFailed("\(type(of: error))")
        }
        driver.finish()
        self = driver
    }

    private mutating func serve(
        _ arrivals: NIOAsyncChannelInboundStream<Arrival>,
        _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) async {
        do {
            for try await arrival in arrivals {
                try await perform(actions(arrival), outbound)
                if ending != nil { return }
            }
        } catch {
            ending = ending ?? .transportFailed("\(type(of: error))")
        }
    }

    private mutating func finish() {
        if isOpen { connections.closeAssociation() }
        isOpen = false
        session.end(Task.isCancelled ? .stopped : ending ?? .disconnected)
    }

    private mutating func actions(_ arrival: Arrival) -> [AssociationStateMachine.Action] {
        switch arrival {
        case .unit(let unit): machine.receive(unit, open: connections.associations)
        case .violation(let violation): machine.violate(violation)
        case .expired(let timer): machine.expire(timer)
        }
    }

    private mutating func perform(
        _ actions: [AssociationStateMachine.Action],
        _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) async throws {
        for action in actions {
            switch action {
            case .send(let unit): try await outbound.write(Self.bytes(unit))
            case .open(let accept):
                connections.openAssociation()
                isOpen = true
                session.open(accept)
            case .deliver(let value):
                do {
                    for unit in try await session.take(value) {
                        try await outbound.write(Self.bytes(unit))
                    }
                } catch let violation as ProtocolViolation {
                    return try await perform(machine.violate(violation), outbound)
                }
            case .close(let reason): ending = reason
            }
        }
    }

    private static func bytes(_ unit: PDU) -> ByteBuffer {
        var buffer = ByteBuffer()
        unit.write(to: &buffer)
        return buffer
    }
}
