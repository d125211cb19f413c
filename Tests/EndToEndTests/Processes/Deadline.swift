/// Runs `body`, which must be over by the deadline.
///
/// - Throws: ``ProcessFailure`` naming what took too long; `body` is cancelled then.
func within<Value: Sendable>(
    _ limit: Duration,
    _ what: String,
    _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
        defer { group.cancelAll() }
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: limit)
            throw ProcessFailure("\(what) was not over after \(limit.components.seconds) s")
        }
        guard let value = try await group.next() else { throw CancellationError() }
        return value
    }
}
