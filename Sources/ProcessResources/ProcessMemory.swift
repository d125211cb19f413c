import CMalloc
import Foundation

/// What a process keeps of the machine's memory.
package enum ProcessMemory {
    /// Bounds what the allocator keeps for later; called first in `main`.
    ///
    /// glibc gives nearly every thread an arena of its own, up to eight a processor, and each keeps
    /// the most that its threads ever needed: the same transfers cost the more memory the more
    /// processors a machine has.
    package static func boundAllocator() {
        _ = mallopt(M_ARENA_MAX, 4)
    }

    /// Gives the allocator's free memory back to the system; blocking, for some milliseconds.
    package static func releaseUnused() {
        _ = malloc_trim(0)
    }
}
