import Tensors

/// How the tensors of an update lie in its file (Protocol.md section 5.6.1).
enum UpdateForm {
    /// The bytes of a kept weight: its index as UInt32, its value as Float32, little-endian.
    static let rowBytes = 8
    /// The largest magnitude of a quantized weight.
    static let levels: Float = 127

    /// The name under which the scale of a tensor stands in the metadata.
    static func scaleName(of tensor: String) -> String { "scale." + tensor }

    /// A scale as the metadata has it: the bits of a Float32 in 8 hexadecimal digits.
    static func text(of scale: Float) -> String {
        let digits = String(scale.bitPattern, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }

    /// The scale of a text made by ``text(of:)``; nil for any other text.
    static func scale(_ text: String) -> Float? {
        guard text.utf8.count == 8, let bits = UInt32(text, radix: 16) else { return nil }
        let scale = Float(bitPattern: bits)
        return self.text(of: scale) == text ? scale : nil
    }

    /// Type and shape in the file of a tensor of the model.
    static func stored(
        _ shape: [Int],
        count: Int,
        _ rules: CompressionRules?
    ) -> (type: ElementType, shape: [Int]) {
        switch rules?.encoding {
        case nil: (.float32, shape)
        case .float16: (.float16, shape)
        case .bfloat16: (.bfloat16, shape)
        case .int8: (.int8, shape)
        case .topK: (.uint8, [rules?.kept(of: count) ?? count, rowBytes])
        }
    }
}
