import Foundation
import Tensors

/// Where the slices of one scan lie, in the scanner's and in the head's coordinates.
struct Acquisition: Sendable {
    let matrix: Int
    let pixelSpacing: Double
    let sliceThickness: Double
    let sliceCount: Int
    /// The gantry's tilt about the left-right axis, in degrees.
    let tiltDegrees: Double
    /// The distance between origins along the table, in mm.
    let tableFeed: Double
    /// The position of the first pixel of the first slice (patient coordinates, mm).
    let firstPosition: SIMD3<Double>
    /// The direction of columns as rows go down; rows always point to the patient's left.
    let columnDirection: SIMD3<Double>
    /// The height of the lowest slice in the head, in mm.
    let lowestHeight: Double

    private let headOrigin: SIMD3<Double>
    private let rotation: (cosine: Double, sine: Double)

    /// Draws tilt, rotation and displacement of a scan that covers a head up to the vertex.
    init(
        of geometry: HeadGeometry,
        scanner: SimulatedScanner,
        using generator: inout SeededGenerator
    ) {
        let tilt = generator.draw(scanner.tiltDegrees[0]...scanner.tiltDegrees[1])
        let angle = generator.draw(-scanner.rotationDegrees...scanner.rotationDegrees) * .pi / 180
        let shift = SIMD3(
            generator.draw(-scanner.shiftMM...scanner.shiftMM),
            generator.draw(-scanner.shiftMM...scanner.shiftMM),
            0
        )
        let lowest = scanner.lowestHeightMM * Double(geometry.scale)
        let top = Double(geometry.semiAxes.z + geometry.skullThickness) - 4
        let radians = tilt * .pi / 180
        self.tiltDegrees = tilt
        self.matrix = scanner.matrix
        self.pixelSpacing = scanner.pixelSpacingMM
        self.sliceThickness = scanner.sliceThicknessMM
        self.tableFeed = scanner.sliceThicknessMM / cos(radians)
        self.sliceCount = max(1, Int(((top - lowest) / tableFeed).rounded(.up)))
        self.columnDirection = SIMD3(0, cos(radians), -sin(radians))
        self.rotation = (cos(angle), sin(angle))
        self.lowestHeight = lowest
        let tableZ = (generator.draw(-900 ... -300) * 2).rounded() / 2
        self.headOrigin = shift + SIMD3(0, -8 - 1 / Double(scanner.matrix), tableZ - lowest)
        let half = Double(scanner.matrix - 1) / 2 * scanner.pixelSpacingMM
        let centre = SIMD3(0, 0, tableZ + scanner.sliceThicknessMM / 2)
        self.firstPosition = centre - SIMD3(half, 0, 0) - columnDirection * half
    }

    /// The position of the first pixel of a slice, in patient coordinates.
    func position(ofSlice slice: Int) -> SIMD3<Double> {
        firstPosition + SIMD3(0, 0, Double(slice) * tableFeed)
    }

    /// The direction at right angles to the slices, upwards.
    var normal: SIMD3<Double> { SIMD3(0, -columnDirection.z, columnDirection.y) }

    /// The head point at a place of the picture: fractional pixels, and mm along the normal.
    func headPoint(slice: Int, row: Double, column: Double, height: Double) -> SIMD3<Float> {
        let place =
            position(ofSlice: slice) + SIMD3(column * pixelSpacing, 0, 0)
            + columnDirection * (row * pixelSpacing) + normal * height
        return head(place - headOrigin)
    }

    /// The step of the head point from one column to the next.
    var columnStep: SIMD3<Float> { head(SIMD3(pixelSpacing, 0, 0)) }

    /// The step of the head point from one row to the next.
    var rowStep: SIMD3<Float> { head(columnDirection * pixelSpacing) }

    /// The step of the head point per mm along the normal.
    var normalStep: SIMD3<Float> { head(normal) }

    /// The slice, row, column and height of a head point in the slice's own plane (fractional).
    func place(of point: SIMD3<Float>) -> (slice: Double, row: Double, column: Double) {
        let p = SIMD3<Double>(point)
        let scanner = SIMD3(
            rotation.cosine * p.x - rotation.sine * p.y,
            rotation.sine * p.x + rotation.cosine * p.y,
            p.z
        )
        let offset = scanner + headOrigin - firstPosition
        let along = offset.y * normal.y + offset.z * normal.z
        let slice = along / (tableFeed * normal.z)
        let inPlane = offset - SIMD3(0, 0, slice * tableFeed)
        let row = inPlane.y * columnDirection.y + inPlane.z * columnDirection.z
        return (slice, row / pixelSpacing, offset.x / pixelSpacing)
    }

    private func head(_ v: SIMD3<Double>) -> SIMD3<Float> {
        SIMD3<Float>(
            Float(rotation.cosine * v.x + rotation.sine * v.y),
            Float(rotation.cosine * v.y - rotation.sine * v.x),
            Float(v.z)
        )
    }
}
