package import NIOCore

/// What happens to each byte of one way of a connection: a value, equal for equal seeds however the
/// bytes are cut into reads.
package struct LinkSchedule: Sendable {
    /// One thing that happens, in the order of the bytes.
    package enum Step: Sendable, Hashable {
        /// So many bytes are delivered after the link was busy for so long.
        case deliver(Int, busy: TimeAmount)
        /// As `deliver` of one byte, with its lowest bit the other way round.
        case corrupt(busy: TimeAmount)
        /// The rest of what was given is gone.
        case swallow(Int)
        /// The connection is reset.
        case reset
    }

    /// The bytes of a segment: Ethernet's 1500 less the headers of IP and TCP with time stamps.
    package static let segmentBytes = 1448

    private let faults: LinkFaults
    private let seed: UInt64
    private var position = 0

    /// How late every byte is.
    package var delay: TimeAmount { faults.delay }

    /// Schedules one way of the connection of a number.
    package init(_ faults: LinkFaults, seed: UInt64, connection: Int, way: LinkWay) {
        self.faults = faults
        var mix = SplitMix64(state: seed)
        let salt = UInt64(connection) * 2 + (way == .up ? 0 : 1)
        self.seed = mix.next() ^ (salt &* 0x9E37_79B9_7F4A_7C15)
    }

    /// What happens to the next bytes.
    package mutating func steps(for count: Int) -> [Step] {
        var steps: [Step] = []
        let end = position + count
        while position < end {
            if let cut = faults.cutAt, position >= cut { return steps + [.reset] }
            if let silent = faults.silentFrom, position >= silent {
                steps.append(.swallow(end - position))
                position = end
                return steps
            }
            guard let busy = busyBefore() else { return steps + [.reset] }
            let isCorrupt = faults.corruptAt == position
            let next = isCorrupt ? position + 1 : min(end, boundary)
            let time = busy + transmission(of: next - position)
            steps.append(isCorrupt ? .corrupt(busy: time) : .deliver(next - position, busy: time))
            position = next
        }
        return steps
    }

    /// The next byte at which something else happens.
    private var boundary: Int {
        let segment = (position / Self.segmentBytes + 1) * Self.segmentBytes
        let marks = [faults.cutAt, faults.silentFrom, faults.corruptAt].compactMap(\.self)
        return marks.filter { $0 > position }.reduce(segment, min)
    }

    /// The stall before the segment that begins here; nil when TCP gives up.
    private func busyBefore() -> TimeAmount? {
        guard let loss = faults.loss, position.isMultiple(of: Self.segmentBytes) else {
            return .zero
        }
        var random = SplitMix64(state: seed &+ UInt64(position))
        var stall = TimeAmount.zero
        for attempt in 0..<loss.attemptsMax {
            guard random.unit() < loss.share else { return stall }
            stall = stall + loss.timeout * (1 << attempt)
        }
        return nil
    }

    private func transmission(of count: Int) -> TimeAmount {
        guard let rate = faults.bytesPerSecond else { return .zero }
        return .nanoseconds(Int64(count) * 1_000_000_000 / Int64(rate))
    }
}

/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
private struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// From 0 to below 1.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
