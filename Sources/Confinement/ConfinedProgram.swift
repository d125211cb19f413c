/// A program of someone else's that reads its input, writes its output, and may do little else.
///
/// No sockets, no other processes' memory, no files but those named, bounds on memory, processor
/// time, output and duration, no core dump.
package struct ConfinedProgram: Hashable, Sendable {
    /// The program's file.
    package let path: String
    /// Its arguments, without the name.
    package let arguments: [String]
    /// All its variables; nothing is inherited.
    package let environment: [String: String]
    /// The bounds.
    package let limits: ConfinementLimits
    /// The files it may use.
    package let access: FileAccess

    /// Where Debian keeps programs, their libraries and their data.
    package static let systemFolders = FileAccess.systemFolders

    /// Describes a program; nothing is started.
    package init(
        path: String,
        arguments: [String] = [],
        environment: [String: String] = [:],
        limits: ConfinementLimits,
        readable: [String] = ConfinedProgram.systemFolders,
        writable: [String] = []
    ) {
        self.path = path
        self.arguments = arguments
        self.environment = environment
        self.limits = limits
        access = FileAccess(readable: readable, writable: writable)
    }

    /// Runs the program once on an input and gives what it wrote; blocks the thread.
    ///
    /// - Throws: ``ConfinementError``: `not-started`, `time-limit`, `output-limit`, or `ended` with
    ///   a signal or another status than 0. The process is gone then.
    package func run(input: [UInt8] = []) throws(ConfinementError) -> [UInt8] {
        let deadline = ContinuousClock.now + limits.duration
        let process = try ConfinedProcess(
            path: path,
            arguments: [path] + arguments,
            environment: environment,
            limits: limits,
            access: access
        )
        return try process.exchange(input, outputBytes: limits.outputBytes, by: deadline)
    }

    /// What holds the program back on this machine, found out by starting it without input.
    ///
    /// - Throws: ``ConfinementError`` `not-started`.
    package func measures() throws(ConfinementError) -> ConfinementMeasures {
        try ConfinedProcess(
            path: path,
            arguments: [path] + arguments,
            environment: environment,
            limits: limits,
            access: access
        ).measures
    }
}
