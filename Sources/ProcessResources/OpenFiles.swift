import Foundation

/// How many files and connections a process may have open.
package enum OpenFiles {
    /// Raises the limit to what the system lets this process have: the usual 1,024 are for programs
    /// that use `select`, and fewer than a large federation has connections.
    package static func raiseLimit() {
        var limit = rlimit()
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard unsafe getrlimit(resource, &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        _ = unsafe setrlimit(resource, &limit)
    }
}
