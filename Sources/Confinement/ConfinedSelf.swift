import CConfinement

/// The process that runs, once it may do nothing but compute.
package enum ConfinedSelf {
    /// Gives up everything but computing on what is read from open descriptors, for good.
    ///
    /// To be called before the process makes a thread or reads a byte it does not trust. Afterwards
    /// it can open no file, make no socket, thread or process, and map no code; an attempt ends it
    /// by SIGSYS. `limits.outputBytes` and `limits.duration` are the parent's to watch.
    /// - Returns: The measures that hold.
    package static func enter(_ limits: ConfinementLimits) -> ConfinementMeasures {
        ConfinementMeasures(
            rawValue: confinement_enter(
                confinement_limits(
                    address_space: UInt64(limits.addressSpaceBytes),
                    cpu_seconds: UInt64(limits.cpuSeconds),
                    file_size: 0,
                    open_files: 0
                )
            )
        )
    }
}
