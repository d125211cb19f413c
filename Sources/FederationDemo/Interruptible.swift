import Foundation
import UnixSignals

/// Work that Ctrl-C, SIGTERM or a closed terminal cancels, so that children are ended before the program ends.
package enum Interruptible {
    /// Runs `body`; a signal cancels it.
    ///
    /// - Throws: ``DemoError`` `interrupted` after a signal, else what `body` throws.
    package static func run(_ body: @escaping @Sendable () async throws -> Void) async throws {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup)
        try await withThrowingTaskGroup(of: UnixSignal?.self) { group in
            group.addTask {
                try await body()
                return nil
            }
            group.addTask {
                for await signal in signals { return signal }
                return nil
            }
            defer { group.cancelAll() }
            guard let signal = try await group.next() ?? nil else { return }
            say("\(signal): ending every child process")
            group.cancelAll()
            while let _ = await group.nextResult() {}
            throw DemoError(
                .interrupted(signal: signal.rawValue),
                "interrupted by \(signal); every child process was ended"
            )
        }
    }

    private static func say(_ words: String) {
        // A closed terminal is one of the reasons to be here.
        try? FileHandle.standardError.write(contentsOf: Data((words + "\n").utf8))
    }
}
