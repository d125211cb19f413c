/// The haemorrhage drawn on one slice: a class code for each pixel.
///
/// Codes are 0 for none, the raw value of ``HaemorrhageType`` for the five types, and
/// ``unspecified``.
package struct MaskImage: Sendable, Hashable {
    /// The code for haemorrhage whose type is not known.
    package static let unspecified: UInt8 = 255

    /// Every code that means haemorrhage, ascending.
    package static let codes: [UInt8] = [1, 2, 3, 4, 5, unspecified]

    /// The number of rows.
    package let rows: Int

    /// The number of columns.
    package let columns: Int

    /// Rows × columns codes, row-major.
    package let classes: [UInt8]

    /// Makes a mask.
    ///
    /// - Throws: `mask-size-mismatch`, or `unknown-mask-class` for a code without a meaning.
    package init(rows: Int, columns: Int, classes: [UInt8]) throws(HeadCTError) {
        guard rows > 0, columns > 0, classes.count == rows * columns else {
            throw HeadCTError(
                .maskSizeMismatch,
                "\(classes.count) pixels for \(rows) x \(columns)"
            )
        }
        for code in classes where code > 5 && code != Self.unspecified {
            throw HeadCTError(.unknownMaskClass, "\(code) is no class of haemorrhage")
        }
        self.init(rows: rows, columns: columns, unchecked: classes)
    }

    /// Makes a mask of codes the caller has made.
    init(rows: Int, columns: Int, unchecked classes: [UInt8]) {
        self.rows = rows
        self.columns = columns
        self.classes = classes
    }

    /// A mask that says: looked at, no haemorrhage.
    package static func empty(rows: Int, columns: Int) -> MaskImage {
        MaskImage(
            rows: rows,
            columns: columns,
            unchecked: Array(repeating: 0, count: rows * columns)
        )
    }

    /// The number of pixels by code, for the codes other than 0 that occur.
    package var pixelCounts: [UInt8: Int] {
        var histogram = [Int](repeating: 0, count: 256)
        for code in classes { histogram[Int(code)] += 1 }
        return Self.codes.reduce(into: [:]) { counts, code in
            if histogram[Int(code)] > 0 { counts[code] = histogram[Int(code)] }
        }
    }

    /// The number of pixels with haemorrhage of any kind.
    package var lesionPixelCount: Int { classes.count { $0 != 0 } }

    /// Whether nothing is drawn.
    package var isEmpty: Bool { classes.allSatisfy { $0 == 0 } }
}
