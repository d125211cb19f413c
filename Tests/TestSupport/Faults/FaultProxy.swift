import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// A TCP relay on loopback between an agent and a coordinator, which disturbs what passes.
///
/// Faults of single connections are fixed when they are opened (``LinkFaults``); faults of the network
/// come and go while it runs: ``hold(_:)``, ``forget()``, ``reset()``.
package final class FaultProxy: Sendable {
    /// The faults of both ways of a connection.
    package struct Faults: Sendable {
        /// From the agent to the coordinator.
        package var up: LinkFaults
        /// From the coordinator to the agent.
        package var down: LinkFaults

        /// Faults of each way.
        package init(up: LinkFaults = LinkFaults(), down: LinkFaults = LinkFaults()) {
            self.up = up
            self.down = down
        }
    }

    struct State {
        var accepted = 0
        var delivered: [LinkWay: Int] = [:]
        var held: Set<LinkWay> = []
        var cuts: [LinkWay: Int] = [:]
        var pairs: [Int: RelayPair] = [:]
    }

    /// The port to dial instead of the target's.
    package let port: Int
    private let server: any Channel
    let state = NIOLockedValueBox(State())

    /// Listens on a free port of loopback, and dials `target` for each connection.
    ///
    /// - Parameters:
    ///   - target: the port that is dialled.
    ///   - seed: of what is random.
    ///   - faults: the faults of the connection of a number, from 0 in the order of opening.
    /// - Throws: what binding the port throws.
    package init(
        to target: Int,
        seed: UInt64 = 1,
        faults: @escaping @Sendable (_ connection: Int) -> Faults = { _ in Faults() }
    ) async throws {
        let state = state
        server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 128)
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { near in
                let number = state.withLockedValue { state -> Int in
                    state.accepted += 1
                    return state.accepted - 1
                }
                let faults = faults(number)
                return near.setOption(
                    .socketOption(.so_rcvbuf),
                    value: faults.up.receiveBufferBytes
                ).flatMap {
                    RelayPair.open(number, near, to: target, faults, seed: seed, state)
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = server.localAddress?.port ?? 0
    }

    /// How many connections were taken.
    package var accepted: Int { state.withLockedValue(\.accepted) }

    /// How many connections are open.
    package var open: Int { state.withLockedValue(\.pairs.count) }

    /// How many bytes were delivered one way, on all connections.
    package func delivered(_ way: LinkWay) -> Int {
        state.withLockedValue { $0.delivered[way] ?? 0 }
    }

    /// A partition of one way: nothing is delivered, nothing is lost, until ``release(_:)``.
    package func hold(_ way: LinkWay) { state.withLockedValue { _ = $0.held.insert(way) } }

    /// The end of a partition: what waited is delivered.
    package func release(_ way: LinkWay) {
        let pairs = state.withLockedValue { state in
            state.held.remove(way)
            return Array(state.pairs.values)
        }
        for pair in pairs { pair.resume() }
    }

    /// Makes every open connection half-open, as a firewall that lost its table: nothing more is
    /// delivered and nobody is told; new connections work.
    package func forget() { for pair in pairs { pair.goSilent() } }

    /// Resets every open connection.
    package func reset() { for pair in pairs { pair.reset() } }

    /// Resets every open connection once so many bytes have been delivered one way, on all together.
    package func cut(_ way: LinkWay, after bytes: Int) {
        state.withLockedValue { $0.cuts[way] = bytes }
    }

    /// Takes no further connections and resets those there are.
    package func close() async {
        try? await server.close()
        reset()
    }

    private var pairs: [RelayPair] { state.withLockedValue { Array($0.pairs.values) } }
}
