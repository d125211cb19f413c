/// Numbers at offsets of a NIfTI file, in its byte order.
struct NIfTIFields {
    let bytes: [UInt8]
    let isBigEndian: Bool

    func int16(_ offset: Int) -> Int16 { Int16(truncatingIfNeeded: integer(offset, 2)) }
    func int32(_ offset: Int) -> Int32 { Int32(truncatingIfNeeded: integer(offset, 4)) }
    func float(_ offset: Int) -> Float {
        Float(bitPattern: UInt32(truncatingIfNeeded: integer(offset, 4)))
    }
    func double(_ offset: Int) -> Double { Double(bitPattern: integer(offset, 8)) }

    /// Three floats as a vector.
    func vector(_ x: Int, _ y: Int, _ z: Int) -> SIMD3<Double> {
        SIMD3(Double(float(x)), Double(float(y)), Double(float(z)))
    }

    private func integer(_ offset: Int, _ width: Int) -> UInt64 {
        var result: UInt64 = 0
        for index in 0..<width {
            let place = isBigEndian ? index : width - 1 - index
            result = result << 8 | UInt64(bytes[offset + place])
        }
        return result
    }
}
