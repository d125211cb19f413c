import Glibc

extension ConfinedProcess {
    /// Gives the process its whole input while taking its output to the end.
    ///
    /// Both at once, as a program may write before it has read everything; one that reads no
    /// further than it needs is no error.
    func exchange(
        _ input: [UInt8],
        outputBytes limit: Int,
        by deadline: ContinuousClock.Instant
    ) throws(ConfinementError) -> [UInt8] {
        var output: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 64 << 10)
        var sent = 0
        if input.isEmpty { closeInput() }
        reading: while true {
            if sent < input.count {
                switch offer(input, from: sent) {
                case .moved(let count): sent += count
                case .blocked: break
                case .closed: sent = input.count
                }
                if sent == input.count { closeInput() }
            }
            switch take(into: &block, from: 0) {
            case .moved(let count): output += block[..<count]
            case .blocked:
                try wait(for: sent < input.count ? POLLIN | POLLOUT : POLLIN, by: deadline)
            case .closed: break reading
            }
            guard output.count <= limit else {
                end()
                throw ConfinementError(.outputLimit, "more than \(limit) bytes of output")
            }
        }
        let ending = awaitEnd()
        guard ending == .exit(0) else {
            throw ConfinementError(.ended, "the program ended by \(ending)", ending: ending)
        }
        return output
    }
}
