import Foundation
import HeadCT

/// Builds small axial volumes whose content is a function of the place in the patient.
struct BuiltVolume {
    var rows = 64
    var columns = 64
    var spacing = PixelSpacing(betweenRows: 2, betweenColumns: 2)
    var locations: [Double] = (0..<8).map { Double($0) * 5 }
    var thickness: Double? = 5
    /// Gantry tilt: the scan plane turns about the row direction while the table moves along z.
    var tiltDegrees = 0.0
    /// The centre of the first pixel of a slice at location 0.
    var corner = SIMD3<Double>(-63, -63, 0)

    var columnDirection: SIMD3<Double> {
        let angle = tiltDegrees * .pi / 180
        return SIMD3(0, cos(angle), sin(angle))
    }

    /// The slices in the order of `locations`, `value` being called with a place in LPS mm.
    func slices(_ value: (SIMD3<Double>) -> Int16) throws -> [CTSlice] {
        try locations.enumerated().map { index, location in
            // The table moves along z, so the distance between planes is shorter by the cosine of
            // the tilt.
            let table = location / cos(tiltDegrees * .pi / 180)
            let plane = try SlicePlane(
                position: corner + SIMD3(0, 0, table),
                rowDirection: SIMD3(1, 0, 0),
                columnDirection: columnDirection,
                pixelSpacing: spacing,
                rows: rows,
                columns: columns
            )
            var values: [Int16] = []
            for row in 0..<rows {
                for column in 0..<columns {
                    values.append(value(plane.point(row: Double(row), column: Double(column))))
                }
            }
            return CTSlice(
                sopInstanceUID: "1.2.3.\(index)",
                instanceNumber: 100 - index,
                plane: plane,
                thickness: thickness,
                hounsfield: values
            )
        }
    }

    func volume(_ value: (SIMD3<Double>) -> Int16) throws -> CTVolume {
        try CTVolume(slices: slices(value), patientPosition: "HFS")
    }

    /// A head-like disc of water of the given radius around the origin in air.
    static func disc(radius: Double) -> (SIMD3<Double>) -> Int16 {
        { place in (place.x * place.x + place.y * place.y).squareRoot() < radius ? 30 : -1000 }
    }
}

func contract(
    slice: Double = 5,
    pixel: Double = 2,
    grid: Int = 64,
    depth: Int = 5,
    windows: [Window] = [.brain]
) throws -> PreprocessingContract {
    try PreprocessingContract(
        sliceSpacingMM: slice,
        pixelSpacingMM: pixel,
        gridSize: grid,
        slabDepth: depth,
        windows: windows
    )
}

func code(_ body: () throws -> Void) -> HeadCTError.Code? {
    do {
        try body()
        return nil
    } catch {
        return (error as? HeadCTError)?.code
    }
}
