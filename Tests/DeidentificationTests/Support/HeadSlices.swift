import DICOM
import Deidentification
import Foundation
import TestSupport

/// Real heads with a face, as slices in patient coordinates.
enum HeadSlices {
    enum Head: CaseIterable { case vtk, ge, cq500 }

    /// Ways in which another scanner would have stored the same head.
    enum Change: CaseIterable { case reversed, mirroredRows, turnedAround }

    struct Slice {
        var samples: [Int32]
        var placement: SlicePlacement
        let slope: Double
        let intercept: Double
    }

    static func stack(_ slices: [Slice]) -> SliceStack {
        var stack = SliceStack()
        for slice in slices {
            stack.append(
                slice.samples,
                placement: slice.placement,
                slope: slice.slope,
                intercept: slice.intercept
            )
        }
        return stack
    }

    static func read(_ head: Head) throws -> [Slice] {
        switch head {
        case .vtk: try (1...93).map(raw)
        case .ge: try dicom("ge-head-gantry-tilt/series", every: 1)
        case .cq500: try dicom("cq500-ct0-thin/series", every: 4)
        }
    }

    /// The raw slices of `vtk-headsq`: number 1 is the topmost.
    private static func raw(_ number: Int) throws -> Slice {
        let bytes = try SharedData.bytes("data/vtk-headsq/slices/quarter.\(number)")
        return Slice(
            samples: (0..<4096).map { Int32(bytes[2 * $0]) | Int32(bytes[2 * $0 + 1]) << 8 },
            placement: SlicePlacement(
                rows: 64,
                columns: 64,
                rowSpacing: 3.2,
                columnSpacing: 3.2,
                position: [-100, -100, -1.5 * Double(number)],
                rowDirection: [1, 0, 0],
                columnDirection: [0, 1, 0]
            ),
            slope: 1,
            intercept: -1024
        )
    }

    private static func dicom(_ folder: String, every step: Int) throws -> [Slice] {
        let paths = RealFiles.paths(below: folder)
        return try stride(from: 0, to: paths.count, by: step).map { number in
            let file = try DICOMFile(reading: SharedData.bytes("data/" + paths[number]))
            let frame = try PixelDecoder.decode(file)
            let data = file.dataSet
            let position = data.doubles(.imagePositionPatient)
            let direction = data.doubles(.imageOrientationPatient)
            let spacing = data.doubles(.pixelSpacing)
            return Slice(
                samples: frame.samples,
                placement: SlicePlacement(
                    rows: frame.rows,
                    columns: frame.columns,
                    rowSpacing: spacing[0],
                    columnSpacing: spacing[1],
                    position: SIMD3(position[0], position[1], position[2]),
                    rowDirection: SIMD3(direction[0], direction[1], direction[2]),
                    columnDirection: SIMD3(direction[3], direction[4], direction[5])
                ),
                slope: data.double(.rescaleSlope) ?? 1,
                intercept: data.double(.rescaleIntercept) ?? -1024
            )
        }
    }

    static func changed(_ slices: [Slice], _ change: Change) -> [Slice] {
        switch change {
        case .reversed: slices.reversed()
        case .mirroredRows: slices.map { flipped($0, columns: true, rows: false) }
        case .turnedAround: slices.map { flipped($0, columns: true, rows: true) }
        }
    }

    /// The same slice with rows or columns stored the other way, and directions that say so.
    private static func flipped(_ slice: Slice, columns: Bool, rows: Bool) -> Slice {
        let old = slice.placement
        var samples = slice.samples
        for row in 0..<old.rows {
            for column in 0..<old.columns {
                let line = rows ? old.rows - 1 - row : row
                let place = columns ? old.columns - 1 - column : column
                samples[line * old.columns + place] = slice.samples[row * old.columns + column]
            }
        }
        var result = slice
        result.samples = samples
        let width = old.rowDirection * (old.columnSpacing * Double(old.columns - 1))
        let height = old.columnDirection * (old.rowSpacing * Double(old.rows - 1))
        result.placement = SlicePlacement(
            rows: old.rows,
            columns: old.columns,
            rowSpacing: old.rowSpacing,
            columnSpacing: old.columnSpacing,
            position: old.position + (columns ? width : .zero) + (rows ? height : .zero),
            rowDirection: columns ? -old.rowDirection : old.rowDirection,
            columnDirection: rows ? -old.columnDirection : old.columnDirection
        )
        return result
    }
}
