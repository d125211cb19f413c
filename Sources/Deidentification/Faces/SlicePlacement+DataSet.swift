import DICOM

extension SlicePlacement {
    /// Reads where a decoded image lies.
    ///
    /// Throws `missing-geometry` where position, orientation or spacing are missing or senseless.
    init(_ dataSet: DataSet, frame: DecodedFrame) throws(QuarantineReason) {
        let position = dataSet.doubles(.imagePositionPatient)
        let directions = dataSet.doubles(.imageOrientationPatient)
        let spacing = dataSet.doubles(.pixelSpacing)
        guard position.count == 3, directions.count == 6, spacing.count == 2,
            spacing.allSatisfy({ (0.05...5).contains($0) }),
            position.allSatisfy({ abs($0) < 1e5 })
        else { throw Self.senseless }
        let row = SIMD3(directions[0], directions[1], directions[2])
        let column = SIMD3(directions[3], directions[4], directions[5])
        guard abs(Self.dot(row, row) - 1) < 0.02, abs(Self.dot(column, column) - 1) < 0.02,
            abs(Self.dot(row, column)) < 0.02
        else { throw Self.senseless }
        self.init(
            rows: frame.rows,
            columns: frame.columns,
            rowSpacing: spacing[0],
            columnSpacing: spacing[1],
            position: SIMD3(position[0], position[1], position[2]),
            rowDirection: row,
            columnDirection: column
        )
    }

    private static let senseless = QuarantineReason(
        .missingGeometry,
        "\(Tag.imagePositionPatient), \(Tag.imageOrientationPatient) or \(Tag.pixelSpacing) is "
            + "missing or senseless: no face can be looked for"
    )

    /// Whether the slice lies at most 30 degrees off axial.
    var isAxial: Bool { abs(normal.z) >= 0.866 }
}
