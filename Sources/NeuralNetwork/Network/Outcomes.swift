internal import Synchronization

/// What each worker of one call gave, kept by the worker's number.
final class Outcomes<Value: Sendable>: Sendable {
    private let slots: Mutex<[Result<Value, any Error>?]>

    init(count: Int) {
        slots = Mutex([Result<Value, any Error>?](repeating: nil, count: count))
    }

    /// Runs `body` and keeps what it returns or throws.
    func set(_ number: Int, _ body: () throws -> Value) {
        let outcome = Result(catching: body)
        slots.withLock { $0[number] = outcome }
    }

    /// The values in the order of workers, those without work left out; throws the first error.
    func all() throws -> [Value] {
        var values: [Value] = []
        for outcome in slots.withLock({ $0 }) {
            if let outcome { values.append(try outcome.get()) }
        }
        return values
    }
}
