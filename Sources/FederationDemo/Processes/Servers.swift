/// Runs work beside servers that must outlive it.
enum Servers {
    /// Runs `body` while every server runs; a server that ends first ends the work with its error.
    ///
    /// All have ended when this returns or throws.
    static func running<Value: Sendable>(
        _ servers: [@Sendable () async throws -> Void],
        while body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            defer { group.cancelAll() }
            for server in servers {
                group.addTask {
                    try await server()
                    return nil
                }
            }
            group.addTask { try await body() }
            while let finished = try await group.next() {
                guard let value = finished else { continue }
                group.cancelAll()
                while let _ = await group.nextResult() {}
                return value
            }
            throw CancellationError()
        }
    }
}
