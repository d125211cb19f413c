import DICOM

/// The air around a head in stored values, from the slice itself.
struct AirLevel {
    /// The median of the air.
    let value: Int32
    /// Its standard deviation, from the median deviation.
    let deviation: Int32
    /// The least value of the slice, such as what pads it outside the circle of measurement.
    let least: Int32

    init(_ frame: DecodedFrame, slope: Double, intercept: Double) {
        let samples = frame.samples
        func stored(_ hounsfield: Double) -> Int32 {
            Int32(max(-1e9, min(1e9, ((hounsfield - intercept) / slope).rounded())))
        }
        let range = stored(-1100)...stored(-850)
        var values: [Int32] = []
        var lowest = samples.first ?? 0
        for row in stride(from: 0, to: frame.rows, by: 3) {
            for index in stride(
                from: row * frame.columns,
                to: (row + 1) * frame.columns,
                by: 3
            ) {
                lowest = min(lowest, samples[index])
                if range.contains(samples[index]) { values.append(samples[index]) }
            }
        }
        // What pads the picture is no air, unless there is no other.
        let measured = values.filter { $0 != lowest }
        if measured.count * 20 >= values.count { values = measured }
        if values.count < 100 { values = Self.border(frame) }
        values.sort()
        let median = values.isEmpty ? 0 : values[values.count / 2]
        let deviations = values.map { abs($0 - median) }.sorted()
        value = median
        deviation = deviations.isEmpty ? 0 : deviations[deviations.count / 2] * 3 / 2
        least = lowest
    }

    /// The outermost rows and columns: air, wherever a head is scanned whole.
    private static func border(_ frame: DecodedFrame) -> [Int32] {
        let (rows, columns) = (frame.rows, frame.columns)
        let ends = (0..<rows).flatMap { [$0 * columns, $0 * columns + columns - 1] }
        return (ends + (0..<columns).flatMap { [$0, (rows - 1) * columns + $0] }).map {
            frame.samples[$0]
        }
    }
}
