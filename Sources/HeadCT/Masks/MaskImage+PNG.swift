extension MaskImage {
    /// Colours for looking at a mask in a picture viewer, by class code 0...5.
    package static let palette: [SIMD3<UInt8>] = [
        SIMD3(0, 0, 0), SIMD3(230, 159, 0), SIMD3(86, 180, 233), SIMD3(0, 158, 115),
        SIMD3(240, 228, 66), SIMD3(204, 121, 167),
    ]

    /// Reads a mask drawn as a picture.
    ///
    /// Samples are class codes: palette index or grey level 1 EDH, 2 IPH, 3 IVH, 4 SAH, 5 SDH, and
    /// 255 unspecified. A grey picture of 1 bit means unspecified haemorrhage where it is white.
    ///
    /// - Throws: What ``PNGImage/init(reading:)`` throws, and `unknown-mask-class`.
    package init(png bytes: [UInt8]) throws(HeadCTError) {
        let image = try PNGImage(reading: bytes)
        let isBilevel = image.kind == .grey && image.bitDepth == 1
        try self.init(
            rows: image.height,
            columns: image.width,
            classes: isBilevel
                ? image.samples.map { $0 == 0 ? 0 : Self.unspecified } : image.samples
        )
    }

    /// The stored form: a grey PNG of class codes, which ``init(png:)`` reads back.
    package func png() throws(HeadCTError) -> [UInt8] {
        try PNGImage(width: columns, height: rows, samples: classes).encoded()
    }
}
