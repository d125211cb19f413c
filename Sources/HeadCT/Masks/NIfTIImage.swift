/// A three-dimensional NIfTI-1 image (https://nifti.nimh.nih.gov/nifti-1), as single file, plain or
/// gzipped.
package struct NIfTIImage: Sendable, Hashable {
    /// Voxels along the first, second and third axis; the first varies fastest.
    package let size: SIMD3<Int>
    /// From voxel indices to RAS millimetres; nil if the file states no place in space.
    package let affine: AffineTransform?
    /// The values with the file's scale applied.
    package let values: [Float]

    /// Makes an image.
    package init(size: SIMD3<Int>, affine: AffineTransform?, values: [Float]) {
        precondition(values.count == size.x * size.y * size.z, "one value for each voxel")
        self.size = size
        self.affine = affine
        self.values = values
    }

    /// The most voxels that are read: a thin-slice head of 512 × 512 × 512 fits twice.
    package static let maximumVoxels = 1 << 28

    static let headerSize = 348
    static let singleFileMagic: [UInt8] = [0x6E, 0x2B, 0x31, 0]
}
