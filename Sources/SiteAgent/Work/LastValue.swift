import Synchronization

/// What something was the last time that anybody looked.
final class LastValue<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)

    /// Notes a value and returns the one before; nil the first time.
    func exchange(_ next: Value) -> Value? {
        value.withLock { value in
            defer { value = next }
            return value
        }
    }
}
