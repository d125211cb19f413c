import NIOCore
import Synchronization

/// The connections that have not sent a request yet: only so many, and a further one ends the oldest,
/// so that whoever opens connections and says nothing keeps nobody out.
final class Strangers: Sendable {
    private struct Waiting {
        var next = 0
        var order: [Int: any Channel] = [:]
        var numbers: [ObjectIdentifier: Int] = [:]
    }

    private let max: Int
    private let waiting = Mutex(Waiting())

    init(max: Int) { self.max = max }

    func add(_ channel: any Channel) {
        let oldest = waiting.withLock { waiting -> (any Channel)? in
            waiting.order[waiting.next] = channel
            waiting.numbers[ObjectIdentifier(channel)] = waiting.next
            waiting.next += 1
            guard waiting.order.count > max, let first = waiting.order.keys.min() else {
                return nil
            }
            let oldest = waiting.order.removeValue(forKey: first)
            if let oldest { waiting.numbers[ObjectIdentifier(oldest)] = nil }
            return oldest
        }
        oldest?.close(promise: nil)
    }

    func remove(_ channel: any Channel) {
        waiting.withLock { waiting in
            guard let number = waiting.numbers.removeValue(forKey: ObjectIdentifier(channel))
            else { return }
            waiting.order[number] = nil
        }
    }
}
