extension NIfTIImage {
    /// Reads an image from a `.nii` or `.nii.gz` file.
    ///
    /// - Throws: `malformed-nifti`, `unsupported-nifti`, `truncated`, `too-large` or
    ///   `damaged-compression`.
    package init(reading file: [UInt8]) throws(HeadCTError) {
        var bytes = file
        if file.starts(with: [0x1F, 0x8B]) {
            bytes = try Deflate.inflate(file, wrapping: .gzip, limit: Self.maximumBytes)
        }
        let header = try NIfTIHeader(bytes)
        let count = header.size.x * header.size.y * header.size.z
        let needed = count * header.type.width
        guard bytes.count - header.dataOffset >= needed else {
            throw HeadCTError(
                .truncated,
                "\(max(0, bytes.count - header.dataOffset)) of \(needed) bytes of voxels"
            )
        }
        self.init(
            size: header.size,
            affine: header.affine,
            values: header.values(in: bytes, count: count)
        )
    }

    /// The largest file after decompression: the most voxels at two bytes, with room for the
    /// header.
    private static let maximumBytes = maximumVoxels * 2 + 1 << 20
}
