import Synchronization

/// Counts what is open at a receiver.
final class OpenConnections: Sendable {
    private let counts = Mutex<(connections: Int, associations: Int)>((0, 0))

    /// Associations that are open.
    var associations: Int { counts.withLock { $0.associations } }

    /// Counts a connection, unless there are `max` already.
    func enter(max: Int) -> Bool {
        counts.withLock { counts in
            guard counts.connections < max else { return false }
            counts.connections += 1
            return true
        }
    }

    /// A connection is closed.
    func leave() { counts.withLock { $0.connections -= 1 } }

    /// Counts an association.
    func openAssociation() { counts.withLock { $0.associations += 1 } }

    /// An association is over.
    func closeAssociation() { counts.withLock { $0.associations -= 1 } }
}
