extension NIfTIImage {
    /// The voxel type of a written file.
    package enum Storage: Sendable {
        /// Unsigned bytes, for masks; values are clipped to 0...255.
        case uint8
        /// Signed 16 bits, for Hounsfield units; values are clipped.
        case int16
    }

    /// The file, with the affine as sform (code 1, scanner coordinates); equal images give equal
    /// bytes.
    ///
    /// - Parameters:
    ///   - storage: The voxel type.
    ///   - isCompressed: Whether to gzip it, for a name that ends in `.nii.gz`.
    /// - Returns: The bytes of the file.
    /// - Throws: `too-large` for an axis of more voxels than the header can state.
    package func encoded(
        as storage: Storage = .uint8,
        compressed isCompressed: Bool = true
    ) throws(HeadCTError) -> [UInt8] {
        guard [size.x, size.y, size.z].allSatisfy({ $0 <= Int(Int16.max) }) else {
            throw HeadCTError(.tooLarge, "an axis of more than \(Int16.max) voxels")
        }
        var file = header(storage)
        switch storage {
        case .uint8:
            file += values.map { UInt8(max(0, min(255, $0.rounded()))) }
        case .int16:
            for value in values {
                let clipped = Int16(max(Float(Int16.min), min(Float(Int16.max), value.rounded())))
                file.appendLittleEndian(UInt16(bitPattern: clipped))
            }
        }
        return isCompressed ? try Deflate.deflate(file, wrapping: .gzip) : file
    }

    private func header(_ storage: Storage) -> [UInt8] {
        var header = [UInt8](repeating: 0, count: Self.headerSize + 4)
        header.put(UInt32(Self.headerSize), at: 0)
        for (index, value) in [3, size.x, size.y, size.z, 1, 1, 1, 1].enumerated() {
            header.put(UInt16(value), at: 40 + 2 * index)
        }
        header.put(UInt16(storage == .uint8 ? 2 : 4), at: 70)
        header.put(UInt16(storage == .uint8 ? 8 : 16), at: 72)
        header.put(Float(1).bitPattern, at: 76)
        header.put(Float(Self.headerSize + 4).bitPattern, at: 108)
        header.put(Float(1).bitPattern, at: 112)
        header[123] = 2  // xyzt_units: millimetres
        if let affine { Self.put(affine, into: &header) }
        header.replaceSubrange(344..<348, with: Self.singleFileMagic)
        return header
    }

    private static func put(_ affine: AffineTransform, into header: inout [UInt8]) {
        let columns = [affine.axes.first, affine.axes.second, affine.axes.third, affine.origin]
        for (index, axis) in columns.prefix(3).enumerated() {
            header.put(Float(axis.length).bitPattern, at: 80 + 4 * index)
        }
        header.put(UInt16(1), at: 254)
        for row in 0..<3 {
            for (index, column) in columns.enumerated() {
                header.put(Float(column[row]).bitPattern, at: 280 + 16 * row + 4 * index)
            }
        }
    }
}

extension [UInt8] {
    fileprivate mutating func put(_ value: some FixedWidthInteger, at offset: Int) {
        for index in 0..<value.bitWidth / 8 {
            self[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * index))
        }
    }

    fileprivate mutating func appendLittleEndian(_ value: UInt16) {
        append(UInt8(truncatingIfNeeded: value))
        append(UInt8(truncatingIfNeeded: value >> 8))
    }
}
