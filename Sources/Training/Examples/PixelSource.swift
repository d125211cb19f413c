/// A place between pixels of a square image, clamped to its edge, for bilinear interpolation.
struct PixelSource {
    private let first: Int
    private let right: Int
    private let down: Int
    private let fractionX: Float
    private let fractionY: Float

    init(x: Double, y: Double, size: Int) {
        let limit = Double(size - 1)
        let (x, y) = (max(0, min(limit, x)), max(0, min(limit, y)))
        let (column, row) = (min(Int(x), size - 2), min(Int(y), size - 2))
        first = row * size + column
        right = 1
        down = size
        fractionX = Float(x - Double(column))
        fractionY = Float(y - Double(row))
    }

    /// The nearest pixel's index.
    var nearest: Int { first + (fractionX >= 0.5 ? right : 0) + (fractionY >= 0.5 ? down : 0) }

    /// The value at the place.
    func interpolate(_ image: [Float]) -> Float {
        let upper = image[first] * (1 - fractionX) + image[first + right] * fractionX
        let lower =
            image[first + down] * (1 - fractionX) + image[first + down + right] * fractionX
        return upper * (1 - fractionY) + lower * fractionY
    }
}
