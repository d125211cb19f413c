/// The extents of one 2D convolution over one image.
struct ConvolutionGeometry: Hashable, Sendable {
    var inputChannels: Int
    var outputChannels: Int
    var height: Int
    var width: Int
    var kernel: Int
    var stride: Int
    var padding: Int

    var outputHeight: Int { (height + 2 * padding - kernel) / stride + 1 }
    var outputWidth: Int { (width + 2 * padding - kernel) / stride + 1 }
    var weightCount: Int { outputChannels * inputChannels * kernel * kernel }

    /// Multiply-adds of one pass over one image.
    var multiplications: Int { weightCount * outputHeight * outputWidth }
}
