import Foundation

/// Pictures of a head's skin, as anybody who has the scan can make them.
package struct SurfaceRendering: Sendable {
    private let grid: HeadGrid
    private let middle: SIMD3<Double>

    /// Samples a scan for rendering; nil if it is no volume.
    package init?(_ stack: SliceStack) {
        guard let grid = HeadGrid(stack, spacing: 1.2) else { return nil }
        self.grid = grid
        middle = grid.origin + SIMD3<Double>(grid.counts) * (grid.spacing / 2)
    }

    /// From the front, half from the left, and from the left, side by side.
    package var views: GreyPicture {
        GreyPicture.row([0, 45, 90].map { view(degrees: $0) })
    }

    /// The skin as seen from the front, turned by some degrees to the patient's left.
    ///
    /// One ray for each pixel of 1 mm, lit from the eye; what is farther away is darker.
    package func view(degrees: Double) -> GreyPicture {
        let (width, height) = (240, min(320, Int(Double(grid.counts.z) * grid.spacing) + 10))
        let angle = degrees * .pi / 180
        // Seen from the front, the patient's right is on the left of the picture.
        let across = SIMD3(cos(angle), sin(angle), 0)
        let away = SIMD3(-sin(angle), cos(angle), 0)
        let top = grid.origin.z + Double(grid.counts.z) * grid.spacing + 5
        var pixels = [UInt8](repeating: 0, count: width * height)
        for row in 0..<height {
            for column in 0..<width {
                var start = middle + across * Double(column - width / 2) - away * 200
                start.z = top - Double(row)
                guard let hit = hit(from: start, along: away) else { continue }
                let slope = gradient(at: hit.place)
                let length = max(1, (slope * slope).sum().squareRoot())
                let facing = max(0, SlicePlacement.dot(slope, away) / length)
                let light = (0.15 + 0.85 * facing) * (1.15 - 0.0018 * hit.distance)
                pixels[row * width + column] = UInt8(max(20, min(255, 255 * light)))
            }
        }
        return GreyPicture(width: width, height: height, pixels: pixels)
    }

    private func hit(
        from start: SIMD3<Double>,
        along direction: SIMD3<Double>
    ) -> (place: SIMD3<Double>, distance: Double)? {
        var distance = 0.0
        while distance < 400 {
            let place = start + direction * distance
            if value(at: place) > -300 {
                // Half a step back at most: the surface looks smooth instead of terraced.
                let before = value(at: place - direction)
                let part = before < -300 ? (-300 - before) / max(1, value(at: place) - before) : 1
                return (place - direction * (1 - part), distance)
            }
            distance += 1
        }
        return nil
    }

    private func gradient(at place: SIMD3<Double>) -> SIMD3<Double> {
        let step = 1.5
        func difference(_ axis: SIMD3<Double>) -> Double {
            value(at: place + axis * step) - value(at: place - axis * step)
        }
        return SIMD3(difference([1, 0, 0]), difference([0, 1, 0]), difference([0, 0, 1]))
    }

    /// The attenuation at a place, trilinear; air outside of the scan.
    private func value(at place: SIMD3<Double>) -> Double {
        let point = (place - grid.origin) / grid.spacing
        let limit = SIMD3<Double>(grid.counts) - 1
        guard point.min() >= 0, point.x < limit.x, point.y < limit.y, point.z < limit.z else {
            return -1000
        }
        let base = SIMD3<Int>(point)
        let part = point - SIMD3<Double>(base)
        var sum = 0.0
        for corner in 0..<8 {
            let offset = SIMD3(corner & 1, corner >> 1 & 1, corner >> 2)
            let cell = base &+ offset
            let raw = grid.values[grid.index(cell.x, cell.y, cell.z)]
            let weight =
                (offset.x == 1 ? part.x : 1 - part.x) * (offset.y == 1 ? part.y : 1 - part.y)
                * (offset.z == 1 ? part.z : 1 - part.z)
            sum += weight * Double(max(-1000, raw))
        }
        return sum
    }
}
