import Federation

/// What waits to be given to one run, in the order of arrival; taken by one at a time.
struct RunLane {
    /// An input and whoever waits for what becomes of it.
    struct Entry {
        let input: RunInput
        let waiter: CheckedContinuation<RunStep.Verdict?, any Error>?
    }

    private var entries: [Entry] = []

    /// Whether somebody is at it.
    var isBusy = false

    /// The most inputs that share a transaction.
    private static let turnMax = 256

    /// Whether nothing waits.
    var isEmpty: Bool { entries.isEmpty }

    /// Adds an input at the end.
    mutating func add(_ entry: Entry) { entries.append(entry) }

    /// Takes the next inputs out.
    mutating func next() -> [Entry] {
        let turn = Array(entries.prefix(Self.turnMax))
        entries.removeFirst(turn.count)
        return turn
    }
}
