import CConfinement
import Glibc

/// The two streams between this process and a child, none of them inherited by other children.
struct ChildStreams {
    /// The ends that stay here: where the child's input is written, where its output is read.
    let ours: (input: Int32, output: Int32)
    /// The ends that become the child's standard input and output.
    let theirs: (input: Int32, output: Int32)

    /// The bytes that the output holds, so that a child need not wait within a slice: the most that
    /// Linux grants without privileges.
    private static let pipeSize: Int32 = 1 << 20

    /// Makes the streams; reading the output never blocks.
    ///
    /// - Throws: ``ConfinementError`` `not-started`.
    init() throws(ConfinementError) {
        var sockets: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard unsafe socketpair(AF_UNIX, kind, 0, &sockets) == 0 else {
            throw ConfinementError(.notStarted, "no socket pair: \(Self.reason(errno))")
        }
        var pipe: [Int32] = [-1, -1]
        guard unsafe confinement_pipe(&pipe, Self.pipeSize) == 0 else {
            let error = errno
            for end in sockets { _ = close(end) }
            throw ConfinementError(.notStarted, "no pipe: \(Self.reason(error))")
        }
        ours = (sockets[0], pipe[0])
        theirs = (sockets[1], pipe[1])
        var size = Self.pipeSize
        _ = unsafe setsockopt(
            ours.input,
            SOL_SOCKET,
            SO_SNDBUF,
            &size,
            socklen_t(MemoryLayout<Int32>.size)
        )
    }

    /// Closes the child's ends here, once it has them or will not be.
    func closeTheirs() {
        _ = close(theirs.input)
        _ = close(theirs.output)
    }

    /// Closes the ends of a child that was not started.
    func closeOurs() {
        _ = close(ours.input)
        _ = close(ours.output)
    }

    /// The system's words for an error number.
    static func reason(_ error: Int32) -> String {
        unsafe strerror(error).map { unsafe String(cString: $0) } ?? "error \(error)"
    }
}
