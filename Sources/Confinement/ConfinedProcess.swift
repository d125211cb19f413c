import CConfinement
import Glibc
import Synchronization

/// A running confined child: its standard input is a stream socket, whose end tells without a
/// signal, its standard output a pipe, which holds a whole slice.
///
/// The child ends when this value does.
package final class ConfinedProcess: Sendable {
    /// The measures that held when the program started.
    package let measures: ConfinementMeasures

    /// Always above 1: to signal 0 or -1 would be to signal others.
    private let process: pid_t
    private let input: Int32
    private let output: Int32
    private let ending = Mutex<ProcessEnding?>(nil)

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - path: The program's file.
    ///   - arguments: Its arguments, the name first.
    ///   - environment: All its variables.
    ///   - limits: Bounds that hold from the start.
    ///   - access: The files it may use; nil for a program that confines itself, which then gets no
    ///     more than descriptors, no core dump and no new privileges.
    /// - Throws: ``ConfinementError`` `not-started`.
    package init(
        path: String,
        arguments: [String],
        environment: [String: String],
        limits: ConfinementLimits,
        access: FileAccess?
    ) throws(ConfinementError) {
        let streams = try ChildStreams()
        defer { streams.closeTheirs() }
        let start = try Self.start(path, arguments, environment, limits, access, streams)
        process = start.process
        measures = ConfinementMeasures(rawValue: start.measures)
        input = streams.ours.input
        output = streams.ours.output
    }

    deinit {
        _ = close(input)
        _ = close(output)
        end()
    }

    /// The id of the process.
    package var processID: Int32 { process }

    /// Whether the process is still there and has said nothing unasked.
    package var isWaiting: Bool {
        var states = [input, output].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        return unsafe poll(&states, 2, 0) == 0
    }

    // MARK: Streams

    /// Writes all bytes.
    ///
    /// - Throws: ``ConfinementError`` `time-limit` after the deadline, `ended`.
    package func write(
        _ bytes: [UInt8],
        by deadline: ContinuousClock.Instant
    ) throws(ConfinementError) {
        var offset = 0
        while offset < bytes.count {
            switch offer(bytes, from: offset) {
            case .moved(let count): offset += count
            case .blocked: try wait(for: POLLOUT, by: deadline)
            case .closed: throw ended()
            }
        }
    }

    /// Reads exactly `count` bytes.
    ///
    /// - Throws: ``ConfinementError`` `time-limit` after the deadline, `ended`.
    package func read(
        count: Int,
        by deadline: ContinuousClock.Instant
    ) throws(ConfinementError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var offset = 0
        while offset < count {
            switch take(into: &bytes, from: offset) {
            case .moved(let count): offset += count
            case .blocked: try wait(for: POLLIN, by: deadline)
            case .closed: throw ended()
            }
        }
        return bytes
    }

    /// What one attempt to move bytes came to.
    enum Attempt {
        case moved(Int)
        case blocked
        case closed
    }

    /// Writes what the socket has room for.
    func offer(_ bytes: [UInt8], from offset: Int) -> Attempt {
        let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
        let count = unsafe bytes.withUnsafeBytes { all in
            let rest = unsafe UnsafeRawBufferPointer(rebasing: all[offset...])
            return unsafe send(input, rest.baseAddress, rest.count, flags)
        }
        return Self.attempt(count, isEnd: false)
    }

    /// Reads what is there, at most up to the end of the array.
    func take(into bytes: inout [UInt8], from offset: Int) -> Attempt {
        let count = unsafe bytes.withUnsafeMutableBytes { all in
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: all[offset...])
            return unsafe Glibc.read(output, rest.baseAddress, rest.count)
        }
        return Self.attempt(count, isEnd: count == 0)
    }

    private static func attempt(_ count: Int, isEnd: Bool) -> Attempt {
        if count >= 0 { return isEnd ? .closed : .moved(count) }
        return errno == EAGAIN || errno == EINTR ? .blocked : .closed
    }

    /// Waits until one of the events is possible.
    ///
    /// - Throws: ``ConfinementError`` `time-limit`; the process is killed then.
    func wait(
        for events: Int32,
        by deadline: ContinuousClock.Instant
    ) throws(ConfinementError) {
        let left = ContinuousClock.now.duration(to: deadline) / .milliseconds(1)
        var states: [pollfd] = []
        if events & POLLOUT != 0 {
            states.append(pollfd(fd: input, events: Int16(POLLOUT), revents: 0))
        }
        if events & POLLIN != 0 {
            states.append(pollfd(fd: output, events: Int16(POLLIN), revents: 0))
        }
        let timeout = Int32(max(0, min(left.rounded(.up), 60_000)))
        if unsafe poll(&states, nfds_t(states.count), timeout) == 0,
            ContinuousClock.now >= deadline
        {
            end()
            throw ConfinementError(.timeLimit, "no answer within the time limit")
        }
    }

    /// Tells the process that no more input comes.
    func closeInput() { _ = shutdown(input, Int32(SHUT_WR)) }

    // MARK: End

    /// Kills a process that broke the rules of a conversation.
    ///
    /// - Returns: The error to throw; `words` must not repeat what the process said.
    package func refused(_ words: String) -> ConfinementError {
        end()
        return ConfinementError(.ended, words)
    }

    /// What a closed stream means.
    func ended() -> ConfinementError {
        let ending = awaitEnd()
        return ConfinementError(.ended, "the process ended by \(ending)", ending: ending)
    }

    /// The ending of a process that closed its stream: it gets a second to leave by itself.
    func awaitEnd() -> ProcessEnding {
        let deadline = ContinuousClock.now + .seconds(1)
        while ContinuousClock.now < deadline {
            if let known = collect(WNOHANG) { return known }
            _ = usleep(500)
        }
        return end()
    }

    /// Kills the process if it is still there, and collects it.
    @discardableResult
    package func end() -> ProcessEnding {
        if let known = collect(WNOHANG) { return known }
        precondition(process > 1, "only a child is killed")
        _ = kill(process, SIGKILL)
        return collect(0) ?? .signal(SIGKILL)
    }

    /// The status of the process, once; a collected id may be another's, and is never used again.
    private func collect(_ options: Int32) -> ProcessEnding? {
        ending.withLock { ending in
            if let ending { return ending }
            var status: Int32 = 0
            var result: pid_t
            repeat {
                result = unsafe waitpid(process, &status, options)
            } while result < 0
                && errno == EINTR
            guard result == process else { return nil }
            ending = ProcessEnding(status: status)
            return ending
        }
    }

    // MARK: Start

    /// Starts the program.
    private static func start(
        _ path: String,
        _ arguments: [String],
        _ environment: [String: String],
        _ limits: ConfinementLimits,
        _ access: FileAccess?,
        _ streams: ChildStreams
    ) throws(ConfinementError) -> confinement_start {
        let bounds = confinement_limits(
            address_space: access == nil ? 0 : UInt64(limits.addressSpaceBytes),
            cpu_seconds: access == nil ? 0 : UInt64(limits.cpuSeconds),
            file_size: access?.writable.isEmpty == false ? UInt64(limits.outputBytes) : 0,
            open_files: 64
        )
        let start = start(path, arguments, environment, bounds, access, streams.theirs)
        guard start.process > 1 else {
            streams.closeOurs()
            throw ConfinementError(.notStarted, "\(path): \(ChildStreams.reason(start.error))")
        }
        return start
    }

    private static func start(
        _ path: String,
        _ arguments: [String],
        _ environment: [String: String],
        _ limits: confinement_limits,
        _ access: FileAccess?,
        _ streams: (input: Int32, output: Int32)
    ) -> confinement_start {
        let variables = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return unsafe CStrings.with([
            [path], arguments, variables, access?.readable ?? [], access?.writable ?? [],
        ]) { lists in
            var program = unsafe confinement_program()
            unsafe program.path = UnsafePointer(lists[0][0])
            unsafe program.arguments = UnsafePointer(lists[1])
            unsafe program.environment = UnsafePointer(lists[2])
            unsafe program.limits = limits
            unsafe program.readable = UnsafeRawPointer(lists[3])
                .assumingMemoryBound(to: UnsafePointer<CChar>?.self)
            unsafe program.writable = UnsafeRawPointer(lists[4])
                .assumingMemoryBound(to: UnsafePointer<CChar>?.self)
            unsafe program.is_restricted = access == nil ? 0 : 1
            return unsafe confinement_start(&program, streams.input, streams.output)
        }
    }
}
