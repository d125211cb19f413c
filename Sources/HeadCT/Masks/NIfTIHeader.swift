/// The 348 bytes of a NIfTI-1 header, as far as masks need them.
struct NIfTIHeader {
    /// The number type of the voxels, by its code.
    enum ElementType: Int16 {
        case uint8 = 2
        case int16 = 4
        case int32 = 8
        case float32 = 16
        case float64 = 64
        case int8 = 256
        case uint16 = 512
        case uint32 = 768

        var width: Int {
            switch self {
            case .uint8, .int8: 1
            case .int16, .uint16: 2
            case .int32, .uint32, .float32: 4
            case .float64: 8
            }
        }
    }

    let size: SIMD3<Int>
    let type: ElementType
    let dataOffset: Int
    let affine: AffineTransform?
    private let slope: Float
    private let intercept: Float
    private let isBigEndian: Bool

    init(_ bytes: [UInt8]) throws(HeadCTError) {
        guard bytes.count >= NIfTIImage.headerSize else {
            throw HeadCTError(.truncated, "\(bytes.count) bytes are no NIfTI header")
        }
        let little = NIfTIFields(bytes: bytes, isBigEndian: false)
        let big = NIfTIFields(bytes: bytes, isBigEndian: true)
        guard let fields = [little, big].first(where: { $0.int32(0) == 348 }) else {
            throw HeadCTError(.malformedNIfTI, "the header does not state its size of 348")
        }
        guard Array(bytes[344..<348]) == NIfTIImage.singleFileMagic else {
            throw HeadCTError(.unsupportedNIfTI, "not a single-file NIfTI-1 image")
        }
        size = try Self.size(fields)
        let code = fields.int16(70)
        guard let type = ElementType(rawValue: code) else {
            throw HeadCTError(.unsupportedNIfTI, "the data type \(code)")
        }
        self.type = type
        let offset = fields.float(108)
        guard offset >= Float(NIfTIImage.headerSize), offset < 0x1p24 else {
            throw HeadCTError(.malformedNIfTI, "the voxels begin nowhere")
        }
        dataOffset = Int(offset)
        let scale = (fields.float(112), fields.float(116))
        let isScaled = scale.0 != 0 && scale.0.isFinite && scale.1.isFinite
        slope = isScaled ? scale.0 : 1
        intercept = isScaled ? scale.1 : 0
        affine = try Self.affine(fields)
        isBigEndian = fields.isBigEndian
    }

    private static func size(_ fields: NIfTIFields) throws(HeadCTError) -> SIMD3<Int> {
        let dimensions = (0..<8).map { Int(fields.int16(40 + 2 * $0)) }
        guard (2...7).contains(dimensions[0]) else {
            throw HeadCTError(.malformedNIfTI, "\(dimensions[0]) dimensions")
        }
        let used = Array(dimensions[1...dimensions[0]])
        guard used.allSatisfy({ $0 > 0 }) else {
            throw HeadCTError(.malformedNIfTI, "a dimension of zero or less")
        }
        guard used.dropFirst(3).allSatisfy({ $0 == 1 }) else {
            throw HeadCTError(.unsupportedNIfTI, "more than three dimensions")
        }
        let size = SIMD3(used[0], used[1], used.count > 2 ? used[2] : 1)
        guard size.x * size.y * size.z <= NIfTIImage.maximumVoxels else {
            throw HeadCTError(.tooLarge, "more than \(NIfTIImage.maximumVoxels) voxels")
        }
        return size
    }

    /// The sform where there is one, else the qform, else nothing: pixel sizes alone do not say
    /// where.
    private static func affine(_ fields: NIfTIFields) throws(HeadCTError) -> AffineTransform? {
        var result: AffineTransform?
        if fields.int16(254) > 0 {
            let column = { (index: Int) -> SIMD3<Double> in
                let row = 280 + 4 * index
                return fields.vector(row, row + 16, row + 32)
            }
            result = AffineTransform(
                first: column(0),
                second: column(1),
                third: column(2),
                origin: column(3)
            )
        } else if fields.int16(252) > 0 {
            result = quaternionAffine(fields)
        }
        if let affine = result {
            guard affine.origin.isFinite, affine.determinant.isFinite,
                abs(affine.determinant) > 1e-9
            else { throw HeadCTError(.malformedNIfTI, "the affine is flat or not finite") }
        }
        return result
    }

    /// Method 2 of the standard: a rotation by a unit quaternion, pixel sizes and a handedness.
    private static func quaternionAffine(_ fields: NIfTIFields) -> AffineTransform {
        let b = Double(fields.float(256))
        let c = Double(fields.float(260))
        let d = Double(fields.float(264))
        let a = max(0, 1 - b * b - c * c - d * d).squareRoot()
        let handedness: Double = fields.float(76) < 0 ? -1 : 1
        let sizes = fields.vector(80, 84, 88)
        let (aa, bb, cc, dd) = (a * a, b * b, c * c, d * d)
        let (bc, ad, bd) = (2 * b * c, 2 * a * d, 2 * b * d)
        let (ac, cd, ab) = (2 * a * c, 2 * c * d, 2 * a * b)
        let first = SIMD3(aa + bb - cc - dd, bc + ad, bd - ac)
        let second = SIMD3(bc - ad, aa + cc - bb - dd, cd + ab)
        let third = SIMD3(bd + ac, cd - ab, aa + dd - bb - cc)
        return AffineTransform(
            first: first * sizes.x,
            second: second * sizes.y,
            third: third * sizes.z * handedness,
            origin: fields.vector(268, 272, 276)
        )
    }

    /// The scaled voxels; the caller has checked that they are all there.
    func values(in bytes: [UInt8], count: Int) -> [Float] {
        let fields = NIfTIFields(bytes: bytes, isBigEndian: isBigEndian)
        let start = dataOffset
        let raw: (Int) -> Float =
            switch type {
            case .uint8: { Float(bytes[start + $0]) }
            case .int8: { Float(Int8(bitPattern: bytes[start + $0])) }
            case .int16: { Float(fields.int16(start + 2 * $0)) }
            case .uint16: { Float(UInt16(bitPattern: fields.int16(start + 2 * $0))) }
            case .int32: { Float(fields.int32(start + 4 * $0)) }
            case .uint32: { Float(UInt32(bitPattern: fields.int32(start + 4 * $0))) }
            case .float32: { fields.float(start + 4 * $0) }
            case .float64: { Float(fields.double(start + 8 * $0)) }
            }
        return (0..<count).map { raw($0) * slope + intercept }
    }
}
