/// A greyscale or palette picture of 1 to 8 bits a pixel (PNG, ISO/IEC 15948).
package struct PNGImage: Sendable, Hashable {
    /// What a sample means.
    package enum Kind: Sendable, Hashable {
        /// Samples are grey levels.
        case grey
        /// Samples are indices of a palette of red, green and blue.
        case palette([SIMD3<UInt8>])
    }

    /// The width in pixels.
    package let width: Int
    /// The height in pixels.
    package let height: Int
    /// What the samples mean.
    package let kind: Kind
    /// The bits of a sample in the file: 1, 2, 4 or 8.
    package let bitDepth: Int
    /// Width × height samples as stored (not stretched to 255), row-major.
    package let samples: [UInt8]

    /// Makes a picture of 8 bits a pixel.
    package init(width: Int, height: Int, kind: Kind = .grey, samples: [UInt8]) {
        precondition(width > 0 && height > 0 && samples.count == width * height, "a full picture")
        self.init(width: width, height: height, kind: kind, bitDepth: 8, samples: samples)
    }

    init(width: Int, height: Int, kind: Kind, bitDepth: Int, samples: [UInt8]) {
        self.width = width
        self.height = height
        self.kind = kind
        self.bitDepth = bitDepth
        self.samples = samples
    }

    /// The largest width and height that is read: no CT image is larger, and it bounds the memory a
    /// file can ask for.
    package static let maximumSide = 8192

    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
}
