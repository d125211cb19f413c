import Foundation
import HeadCT
import Testing

/// The task must be learnable and not trivial: a threshold alone is a fair but not a good reader.
struct PhantomDifficultyTests {
    @Test func `a threshold at 50 to 90 HU reaches an AUC of 0.80 to 0.90 on clean adults`() throws
    {
        var settings = SimulatedHospital()
        settings.exams = 120
        settings.prevalence = 0.5
        settings.scanner.matrix = 96
        settings.scanner.exposureMAS = 320
        settings.localizers = 0
        settings.dosePages = 0
        settings.burnedInSlices = 0
        let hospital = try PhantomHospital(settings, seed: 3)
        let volumes = try hospital.volumes()
        var positive: [Double] = []
        var negative: [Double] = []
        for exam in hospital.summary.exams {
            let volume = try #require(volumes[exam.studyInstanceUID])
            let score = Double(ThresholdReader.largestCluster(in: volume))
            if exam.labels[.any] == true { positive.append(score) } else { negative.append(score) }
        }
        let area = ThresholdReader.area(positive, negative)
        #expect((0.80...0.90).contains(area), "AUC \(area)")
    }
}

/// Finds the largest cluster of voxels whose 3 x 3 mean is 50 to 90 HU, inside the skull and off
/// the midline, where falx and sinuses are as dense as blood in everybody.
enum ThresholdReader {
    /// The number of voxels of the largest cluster, by faces.
    static func largestCluster(in volume: CTVolume) -> Int {
        var hits: [[Bool]] = volume.slices.map { Self.dense(in: $0) }
        let columns = volume.columns
        var largest = 0
        for slice in hits.indices {
            for pixel in hits[slice].indices where hits[slice][pixel] {
                var size = 0
                var stack = [(slice, pixel)]
                while let (z, place) = stack.popLast() {
                    guard hits.indices.contains(z), hits[z].indices.contains(place), hits[z][place]
                    else { continue }
                    hits[z][place] = false
                    size += 1
                    for step in [-1, 1] {
                        stack.append((z, place + step))
                        stack.append((z, place + step * columns))
                        stack.append((z + step, place))
                    }
                }
                largest = max(largest, size)
            }
        }
        return largest
    }

    private static func dense(in slice: CTSlice) -> [Bool] {
        let (rows, columns) = (slice.plane.rows, slice.plane.columns)
        let hounsfield = slice.hounsfield
        let inside = interior(hounsfield, rows: rows, columns: columns)
        let places = inside.indices.filter { inside[$0] }
        let middle = places.reduce(0) { $0 + $1 % columns } / max(1, places.count)
        let margin = Int((6 / slice.plane.pixelSpacing.betweenColumns).rounded(.up))
        var hits = inside.map { _ in false }
        for row in 1..<rows - 1 {
            for column in 1..<columns - 1
            where inside[row * columns + column] && abs(column - middle) >= margin {
                var sum = 0
                for down in -1...1 {
                    for across in -1...1 {
                        sum += Int(hounsfield[(row + down) * columns + column + across])
                    }
                }
                hits[row * columns + column] = sum > 450 && sum < 810
            }
        }
        return hits
    }

    /// Pixels that cannot be reached from the border without crossing bone, bone left out.
    private static func interior(_ hounsfield: [Int16], rows: Int, columns: Int) -> [Bool] {
        var outside = hounsfield.map { _ in false }
        var stack = (0..<columns).flatMap { [$0, (rows - 1) * columns + $0] }
        stack += (0..<rows).flatMap { [$0 * columns, $0 * columns + columns - 1] }
        while let pixel = stack.popLast() {
            guard !outside[pixel], hounsfield[pixel] < 250 else { continue }
            outside[pixel] = true
            let (row, column) = (pixel / columns, pixel % columns)
            if row > 0 { stack.append(pixel - columns) }
            if row < rows - 1 { stack.append(pixel + columns) }
            if column > 0 { stack.append(pixel - 1) }
            if column < columns - 1 { stack.append(pixel + 1) }
        }
        return zip(outside, hounsfield).map { !$0 && $1 < 250 }
    }

    static func area(_ positive: [Double], _ negative: [Double]) -> Double {
        var wins = 0.0
        for p in positive {
            for n in negative { wins += p > n ? 1 : p == n ? 0.5 : 0 }
        }
        return wins / Double(positive.count * negative.count)
    }
}
