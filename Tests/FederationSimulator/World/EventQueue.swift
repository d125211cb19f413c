/// What happens next: the earliest moment first, of equal moments the one that was planned first.
struct EventQueue<Event> {
    private var heap: [(time: Duration, serial: Int, event: Event)] = []
    private var nextSerial = 0

    /// Plans an event.
    mutating func add(_ event: Event, at time: Duration) {
        heap.append((time, nextSerial, event))
        nextSerial += 1
        var child = heap.count - 1
        while child > 0, case let parent = (child - 1) / 2, isBefore(child, parent) {
            heap.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes the next event out.
    mutating func next() -> (time: Duration, event: Event)? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            sink()
        }
        return (first.time, first.event)
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var least = parent
            let child = 2 * parent + 1
            if child < heap.count && isBefore(child, least) { least = child }
            if child + 1 < heap.count && isBefore(child + 1, least) { least = child + 1 }
            guard least != parent else { return }
            heap.swapAt(least, parent)
            parent = least
        }
    }

    private func isBefore(_ first: Int, _ second: Int) -> Bool {
        (heap[first].time, heap[first].serial) < (heap[second].time, heap[second].serial)
    }
}
