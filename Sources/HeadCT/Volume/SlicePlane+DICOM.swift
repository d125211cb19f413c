package import DICOM

extension SlicePlane {
    /// Reads the plane of an image (Image Plane Module, PS3.3 section C.7.6.2).
    ///
    /// - Throws: `missing-attribute` or `invalid-attribute`, naming the attribute.
    package init(_ dataSet: DataSet) throws(HeadCTError) {
        let position = try Self.numbers(.imagePositionPatient, 3, in: dataSet)
        let orientation = try Self.numbers(.imageOrientationPatient, 6, in: dataSet)
        let spacing = try Self.numbers(.pixelSpacing, 2, in: dataSet)
        guard spacing.allSatisfy({ $0 > 0 && $0 < 100 }) else {
            throw HeadCTError(.invalidAttribute, "PixelSpacing is not between 0 and 100 mm")
        }
        guard let rows = dataSet.int(.rows), let columns = dataSet.int(.columns) else {
            throw HeadCTError(.missingAttribute, "Rows (0028,0010) or Columns (0028,0011)")
        }
        try self.init(
            position: SIMD3(position[0], position[1], position[2]),
            rowDirection: SIMD3(orientation[0], orientation[1], orientation[2]),
            columnDirection: SIMD3(orientation[3], orientation[4], orientation[5]),
            pixelSpacing: PixelSpacing(betweenRows: spacing[0], betweenColumns: spacing[1]),
            rows: rows,
            columns: columns
        )
    }

    private static func numbers(
        _ tag: Tag,
        _ count: Int,
        in dataSet: DataSet
    ) throws(HeadCTError) -> [Double] {
        guard dataSet[tag] != nil else { throw HeadCTError(.missingAttribute, "\(tag)") }
        let values = dataSet.doubles(tag)
        guard values.count == count, values.allSatisfy(\.isFinite) else {
            throw HeadCTError(.invalidAttribute, "\(tag) is not \(count) numbers")
        }
        return values
    }
}
