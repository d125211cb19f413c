import Glibc

/// How a process ended (wait(2)).
package enum ProcessEnding: Hashable, Sendable, CustomStringConvertible {
    /// It left with this status.
    case exit(Int32)
    /// This signal ended it.
    case signal(Int32)

    /// Reads the status word of waitpid(2).
    init(status: Int32) {
        let signal = status & 0x7F
        self = signal == 0 ? .exit(status >> 8 & 0xFF) : .signal(signal)
    }

    /// Whether the end came from outside or from a lack of memory rather than from the work.
    package var isKill: Bool { self == .signal(SIGKILL) }

    package var description: String {
        switch self {
        case .exit(let status): "exit status \(status)"
        case .signal(let signal): Self.names[signal].map { "\($0)" } ?? "signal \(signal)"
        }
    }

    private static let names: [Int32: String] = [
        SIGILL: "a trap (SIGILL)",
        SIGTRAP: "a trap (SIGTRAP)",
        SIGABRT: "an abort (SIGABRT)",
        SIGBUS: "a bus error (SIGBUS)",
        SIGFPE: "an arithmetic error (SIGFPE)",
        SIGKILL: "SIGKILL, from outside or for lack of memory",
        SIGSEGV: "a memory error (SIGSEGV)",
        SIGSYS: "a forbidden system call (SIGSYS)",
        SIGXCPU: "its limit of processor time (SIGXCPU)",
        SIGXFSZ: "its limit of file size (SIGXFSZ)",
    ]
}
