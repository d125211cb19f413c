/// Something that was not over in time.
struct Overdue: Error, CustomStringConvertible {
    let description: String
}

/// Runs `body`, which must be over by the limit; it is cancelled then.
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
            throw Overdue(description: "\(what) was not there after \(limit)")
        }
        guard let value = try await group.next() else { throw CancellationError() }
        return value
    }
}
