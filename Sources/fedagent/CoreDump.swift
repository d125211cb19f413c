import Foundation

/// What the kernel would write of this process if it crashed.
enum CoreDump {
    /// Forbids it: a dump would hold images and identifiers as they were read.
    static func forbid() {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        if unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none) != 0 {
            Terminal.say("fedagent: warning: core dumps cannot be turned off (error \(errno))")
        }
    }
}
