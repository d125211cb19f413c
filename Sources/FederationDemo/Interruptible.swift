import UnixSignals

/// Work that Ctrl-C or SIGTERM cancels, so that children are ended before the program ends.
package enum Interruptible {
    /// Runs `body`; a signal cancels it.
    ///
    /// - Throws: ``DemoError`` "interrupted" after a signal, else what `body` throws.
    package static func run(_ body: @escaping @Sendable () async throws -> Void) async throws {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await body()
                return true
            }
            group.addTask {
                for await _ in signals { return false }
                return true
            }
            let isFinished = try await group.next() ?? true
            group.cancelAll()
            guard isFinished else {
                while let _ = await group.nextResult() {}
                throw DemoError("interrupted; every child process was ended")
            }
        }
    }
}
