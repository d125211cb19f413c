/// The most a confined process may take of the machine.
package struct ConfinementLimits: Hashable, Sendable {
    /// Bytes of memory a program may map; for a process that confines itself, on top of what it
    /// has mapped then.
    package var addressSpaceBytes: Int
    /// Seconds of processor time in the life of the process.
    package var cpuSeconds: Int
    /// Bytes a program may write to its standard output.
    package var outputBytes: Int
    /// Time from question to answer.
    package var duration: Duration

    /// Takes the bounds; every one must be positive.
    package init(
        addressSpaceBytes: Int,
        cpuSeconds: Int,
        outputBytes: Int,
        duration: Duration
    ) {
        precondition(
            addressSpaceBytes > 0 && cpuSeconds > 0 && outputBytes > 0 && duration > .zero,
            "limits must be positive"
        )
        self.addressSpaceBytes = addressSpaceBytes
        self.cpuSeconds = cpuSeconds
        self.outputBytes = outputBytes
        self.duration = duration
    }
}
