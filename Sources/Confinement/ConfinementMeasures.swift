import CConfinement

/// What holds a confined process back.
package struct ConfinementMeasures: OptionSet, Hashable, Sendable {
    /// The bits of `CConfinement.h`.
    package let rawValue: UInt32

    /// Takes the bits as the kernel's answers gave them.
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Memory, processor time, files and core dumps are bounded (setrlimit(2)).
    package static let resourceLimits = ConfinementMeasures(
        rawValue: UInt32(CONFINEMENT_RESOURCE_LIMITS)
    )
    /// No program it starts can gain rights (PR_SET_NO_NEW_PRIVS).
    package static let noNewPrivileges = ConfinementMeasures(
        rawValue: UInt32(CONFINEMENT_NO_NEW_PRIVILEGES)
    )
    /// The file system is closed but for what is named (landlock(7)).
    package static let fileSystem = ConfinementMeasures(
        rawValue: UInt32(CONFINEMENT_FILE_SYSTEM)
    )
    /// System calls are filtered: no sockets, no other processes (seccomp(2)).
    package static let systemCalls = ConfinementMeasures(
        rawValue: UInt32(CONFINEMENT_SYSTEM_CALLS)
    )
    /// All of them.
    package static let all: ConfinementMeasures = [
        .resourceLimits, .noNewPrivileges, .fileSystem, .systemCalls,
    ]

    /// One sentence for each measure that is missing: what, and what would bring it.
    package var missingSentences: [String] {
        Self.sentences.filter { !contains($0.0) }.map(\.1)
    }

    private static let sentences: [(ConfinementMeasures, String)] = [
        (
            .resourceLimits,
            "resource limits could not be set: memory and processor time of the child are unbounded"
        ),
        (.noNewPrivileges, "no_new_privs could not be set: needs Linux 3.5 or later"),
        (
            .fileSystem,
            "Landlock is not offered by the kernel: the child's files are closed by seccomp alone; "
                + "needs Linux 5.13 or later with landlock in the lsm= list"
        ),
        (
            .systemCalls,
            "the seccomp filter was refused: the child can make any system call; needs Linux 4.14 "
                + "or later with CONFIG_SECCOMP_FILTER, and a container that allows seccomp(2)"
        ),
    ]
}
