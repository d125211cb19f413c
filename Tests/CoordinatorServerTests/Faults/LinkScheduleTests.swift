import NIOCore
import TestSupport
import Testing

/// The fault proxy's decisions are a function of seed, connection, way and byte.
@Suite struct LinkScheduleTests {
    private static func lossy(_ seed: UInt64) -> LinkSchedule {
        var faults = LinkFaults()
        faults.loss = .init(share: 0.2, timeout: .milliseconds(200), attemptsMax: 15)
        return LinkSchedule(faults, seed: seed, connection: 3, way: .up)
    }

    private static func busy(_ steps: [LinkSchedule.Step]) -> [Int64] {
        steps.compactMap { step in
            guard case .deliver(_, let busy) = step else { return nil }
            return busy.nanoseconds / 1_000_000
        }
    }

    @Test func `equal seeds give equal faults however reads are cut, other seeds others`() {
        var (whole, cut, other) = (Self.lossy(7), Self.lossy(7), Self.lossy(8))
        let bytes = 100 * LinkSchedule.segmentBytes
        let first = Self.busy(whole.steps(for: bytes))
        var second: [Int64] = []
        for _ in 0..<(bytes / 724) { second += Self.busy(cut.steps(for: 724)) }
        #expect(first.reduce(0, +) == second.reduce(0, +))
        #expect(first.filter { $0 > 0 } == second.filter { $0 > 0 })
        #expect(first != Self.busy(other.steps(for: bytes)))
    }

    @Test func `a fifth of the segments stalls, and a stall doubles with each loss in a row`() {
        var link = Self.lossy(1)
        let stalls = Self.busy(link.steps(for: 5000 * LinkSchedule.segmentBytes))
        #expect(stalls.count == 5000)
        #expect((900...1100).contains(stalls.count { $0 > 0 }))
        // 200; 200 + 400; 200 + 400 + 800 ...
        let possible = Set((0...15).map { 200 * ((Int64(1) << $0) - 1) })
        #expect(Set(stalls).isSubset(of: possible))
    }

    @Test func `a cut, a flipped bit and silence begin at their byte`() {
        var faults = LinkFaults()
        faults.corruptAt = 10
        faults.silentFrom = 20
        var link = LinkSchedule(faults, seed: 1, connection: 0, way: .down)
        let steps = link.steps(for: 30)
        #expect(
            steps == [
                .deliver(10, busy: .zero), .corrupt(busy: .zero), .deliver(9, busy: .zero),
                .swallow(10),
            ]
        )
        faults = LinkFaults()
        faults.cutAt = 5
        faults.bytesPerSecond = 1000
        link = LinkSchedule(faults, seed: 1, connection: 0, way: .up)
        let cut = link.steps(for: 30)
        #expect(cut == [.deliver(5, busy: .milliseconds(5)), .reset])
    }
}
