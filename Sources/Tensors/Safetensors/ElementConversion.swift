/// Little-endian elements of a safetensors file as Float32.
enum ElementConversion {
    static func float32(
        from bytes: ArraySlice<UInt8>,
        type: ElementType,
        name: String
    ) throws(TensorError) -> [Float] {
        guard type.isFloatingPoint else {
            throw TensorError(
                .unsupportedType,
                "tensor '\(name)' has dtype \(type.rawValue), not a float"
            )
        }
        let count = bytes.count / type.byteCount
        return unsafe bytes.withUnsafeBytes { raw in
            (0..<count).map { index in unsafe element(index, of: raw, type: type) }
        }
    }

    private static func element(
        _ index: Int,
        of raw: UnsafeRawBufferPointer,
        type: ElementType
    ) -> Float {
        let offset = index * type.byteCount
        switch type {
        case .float64:
            let bits = unsafe raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            return Float(Double(bitPattern: UInt64(littleEndian: bits)))
        case .float16:
            let bits = unsafe raw.loadUnaligned(fromByteOffset: offset, as: UInt16.self)
            return Float(Float16(bitPattern: UInt16(littleEndian: bits)))
        case .bfloat16:
            let bits = unsafe raw.loadUnaligned(fromByteOffset: offset, as: UInt16.self)
            return Float(bitPattern: UInt32(UInt16(littleEndian: bits)) << 16)
        default:
            let bits = unsafe raw.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
            return Float(bitPattern: UInt32(littleEndian: bits))
        }
    }
}
