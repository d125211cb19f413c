import CTimex

/// Whether the system's clock is kept right by somebody, as the kernel knows it.
package enum ClockDiscipline {
    /// Whether a time service such as NTP says that it disciplines the clock (adjtimex(2)).
    package static var isSynchronized: Bool {
        var state = timex()
        // TIME_ERROR, 5: the clock is not synchronized.
        return unsafe (0..<5).contains(adjtimex(&state))
    }
}
