internal import COpenBLAS

/// Small dense products by OpenBLAS on the calling thread only.
package enum DenseMatrix {
    /// Restricts OpenBLAS to the calling thread, for the whole process.
    ///
    /// Our parallelism is across examples; a second level of threads would fight with it and make
    /// sums depend on their number.
    package static func useCallingThreadOnly() {
        openblas_set_num_threads(1)
    }

    /// y = A x + y, where A is rows x columns, row-major.
    @unsafe
    package static func multiplyAdd(
        _ matrix: UnsafePointer<Float>,
        rows: Int,
        columns: Int,
        _ x: UnsafePointer<Float>,
        into y: UnsafeMutablePointer<Float>
    ) {
        unsafe cblas_sgemv(
            CblasRowMajor,
            CblasNoTrans,
            Int32(rows),
            Int32(columns),
            1,
            matrix,
            Int32(columns),
            x,
            1,
            1,
            y,
            1
        )
    }

    /// y = Aᵀ x, where A is rows x columns, row-major; y has `columns` elements.
    @unsafe
    package static func multiplyTransposed(
        _ matrix: UnsafePointer<Float>,
        rows: Int,
        columns: Int,
        _ x: UnsafePointer<Float>,
        into y: UnsafeMutablePointer<Float>
    ) {
        unsafe cblas_sgemv(
            CblasRowMajor,
            CblasTrans,
            Int32(rows),
            Int32(columns),
            1,
            matrix,
            Int32(columns),
            x,
            1,
            0,
            y,
            1
        )
    }

    /// A += x yᵀ, where A is rows x columns, row-major.
    @unsafe
    package static func addOuterProduct(
        _ x: UnsafePointer<Float>,
        rows: Int,
        _ y: UnsafePointer<Float>,
        columns: Int,
        into matrix: UnsafeMutablePointer<Float>
    ) {
        unsafe cblas_sger(
            CblasRowMajor,
            Int32(rows),
            Int32(columns),
            1,
            x,
            1,
            y,
            1,
            matrix,
            Int32(columns)
        )
    }

    /// C = A B, where A is rows x inner and B is inner x columns, all row-major.
    package static func product(
        _ left: [Float],
        rows: Int,
        inner: Int,
        _ right: [Float],
        columns: Int
    ) -> [Float] {
        precondition(left.count == rows * inner && right.count == inner * columns)
        var result = [Float](repeating: 0, count: rows * columns)
        unsafe cblas_sgemm(
            CblasRowMajor,
            CblasNoTrans,
            CblasNoTrans,
            Int32(rows),
            Int32(columns),
            Int32(inner),
            1,
            left,
            Int32(inner),
            right,
            Int32(columns),
            0,
            &result,
            Int32(columns)
        )
        return result
    }
}
