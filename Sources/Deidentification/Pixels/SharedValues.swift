import DICOM

/// How many pixels of each value have that value to their right or below as well.
///
/// Noise leaves few, and hardly more of one value than of its neighbours.
struct SharedValues {
    /// The part of the tissue's pixels that share their value with a neighbour.
    let ratio: Double
    /// Whether much of the tissue has the greatest value: the picture was made through a window.
    let isWindowed: Bool
    private let counts: [Int32]
    private let lowest: Int32

    init(_ frame: DecodedFrame, air: AirLevel) {
        let (samples, columns) = (frame.samples, frame.columns)
        lowest = samples.min() ?? 0
        let highest = samples.max() ?? 0
        var counts = [Int32](repeating: 0, count: Int(highest) - Int(lowest) + 1)
        var (tissue, sharedTissue, white) = (0, 0, 0)
        let limit = air.value + 12 * max(1, air.deviation)
        for row in 0..<max(0, frame.rows - 1) {
            for index in row * columns..<(row + 1) * columns - 1 {
                let value = samples[index]
                let isShared = value == samples[index + 1] || value == samples[index + columns]
                if isShared { counts[Int(value) - Int(lowest)] += 1 }
                if value == highest { white += 1 }
                if value > limit, value < highest {
                    tissue += 1
                    if isShared { sharedTissue += 1 }
                }
            }
        }
        self.counts = counts
        isWindowed = 25 * white > tissue + white
        // A few pixels of tissue, as over the vertex, tell nothing.
        ratio = tissue < 8_000 ? 0.1 : Double(sharedTissue) / Double(tissue)
    }

    /// Whether the pixels have the noise of a measurement; pictures that were windowed have not.
    var isNoisy: Bool { !isWindowed && ratio < 0.3 }

    /// How far apart values of one tissue lie; what is farther away says nothing of noise.
    private static let nearby = 64

    /// Values that more neighbours share than values beside them would let expect.
    func suspicious(except least: Int32) -> [Int32] {
        let values = counts.indices.filter { counts[$0] > 0 }
        return values.indices.compactMap { place in
            let count = counts[values[place]]
            let value = lowest + Int32(values[place])
            guard count >= 8, value != least else { return nil }
            let around = values[max(0, place - 6)..<min(values.count, place + 7)]
                .filter { $0 != values[place] && abs($0 - values[place]) <= Self.nearby }
                .map { counts[$0] }.sorted()
            let usual = around.isEmpty ? 0 : around[around.count / 2]
            return count >= 4 * usual + 6 ? value : nil
        }
    }
}
