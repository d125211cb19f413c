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

    /// Gives back what the process does not use at present; blocking, for some milliseconds.
    ///
    /// That is the allocator's free memory, and the pages of the program and its libraries, most of
    /// which only the start needed; those that are needed again come back from the kernel's cache.
    package static func releaseUnused() {
        _ = malloc_trim(0)
        guard let smaps = try? String(contentsOfFile: "/proc/self/smaps", encoding: .utf8)
        else { return }
        for mapping in MemoryMapping.reloadable(in: smaps) {
            _ = unsafe madvise(
                UnsafeMutableRawPointer(bitPattern: mapping.range.lowerBound),
                mapping.range.count,
                MADV_DONTNEED
            )
        }
    }
}
