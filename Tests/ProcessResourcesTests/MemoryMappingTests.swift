import Foundation
import Testing

import ProcessResources

@Suite struct MemoryMappingTests {
    private static let smaps = """
        1000-3000 r-xp 00000000 08:01 7          /usr/bin/agent program
        Size:                  8 kB
        Rss:                   8 kB
        Private_Dirty:         0 kB
        Anonymous:             0 kB
        Swap:                  0 kB
        VmFlags: rd ex mr mw me
        3000-4000 r--p 00002000 08:01 7          /usr/bin/agent program
        Rss:                   4 kB
        Private_Dirty:         4 kB
        Anonymous:             4 kB
        4000-5000 r--p 00003000 08:01 7          /usr/bin/agent program
        Rss:                   4 kB
        Anonymous:             0 kB
        Swap:                  4 kB
        5000-6000 r--p 00004000 08:01 7          /usr/bin/agent program
        Rss:                   4 kB
        Anonymous:             0 kB
        6000-7000 rw-p 00005000 08:01 7          /usr/bin/agent program
        Rss:                   4 kB
        7000-8000 rw-p 00000000 00:00 0
        Rss:                   4 kB
        8000-9000 r--p 00000000 08:01 9          /srv/model.safetensors
        Rss:                   4 kB
        9000-a000 r-xp 00000000 00:00 0          [vdso]
        Rss:                   4 kB
        """

    @Test func `only clean pages of programs may be dropped`() {
        let ranges = MemoryMapping.reloadable(in: Self.smaps).map(\.range)
        #expect(ranges == [0x1000..<0x3000, 0x5000..<0x6000])
    }

    @Test func `what a process holds is as it was after giving back`() throws {
        let numbers = (0..<100_000).map { $0 &* 0x9e37_79b9 }
        let resident = {
            MemoryMapping.all(in: try smaps()).filter { $0.permissions == "r-xp" }
                .reduce(0) { $0 + $1.resident }
        }
        // Other tests of the process read their pages back at once, so one look may come too late.
        let isDropped = try (0..<50).contains { _ in
            let before = try resident()
            ProcessMemory.releaseUnused()
            return try resident() < before
        }
        #expect(isDropped)
        #expect(numbers == (0..<100_000).map { $0 &* 0x9e37_79b9 })
        // Reaches code and constants that were dropped.
        #expect("\(numbers.reduce(0, ^))".count > 0)
        #expect(try JSONDecoder().decode([Int].self, from: JSONEncoder().encode([1])) == [1])
    }

    private func smaps() throws -> String {
        try String(contentsOfFile: "/proc/self/smaps", encoding: .utf8)
    }
}
