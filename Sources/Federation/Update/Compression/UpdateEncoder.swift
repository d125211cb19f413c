package import Tensors

/// Writes a site's update as a plan says, and keeps what that leaves out.
///
/// With error feedback the update is made of `p = delta + residual`, elementwise in Float32, and the
/// next residual is `p − decoded(p)`. The same input gives the same bytes.
package struct UpdateEncoder: Sendable {
    /// An update as it is sent, and what it leaves out.
    package struct Encoded: Sendable {
        /// The safetensors file.
        package let bytes: [UInt8]
        /// What the next round adds to its delta; nil without error feedback.
        package let residual: NamedTensors?
    }

    private let rules: CompressionRules?

    /// An encoder; without rules the update is Float32 as it is.
    package init(_ rules: CompressionRules?) { self.rules = rules }

    /// Encodes a delta.
    ///
    /// - Parameters:
    ///   - delta: The local minus the global model, finite.
    ///   - residual: What former rounds left out, laid out as the delta; nil for nothing.
    /// - Returns: the file, and what it leaves out.
    /// - Throws: `layout` if the residual is laid out otherwise.
    package func encode(
        _ delta: NamedTensors,
        residual: NamedTensors? = nil
    ) throws(TensorError) -> Encoded {
        guard let rules else {
            return Encoded(bytes: try Safetensors.encode(delta), residual: nil)
        }
        var corrected = delta
        if let residual, rules.encoding.hasErrorFeedback {
            guard residual.hasSameLayout(as: delta) else {
                throw TensorError(.layout, "what former rounds left out is of another model")
            }
            corrected = delta + residual
        }
        var (data, metadata): ([UInt8], [String: String]) = ([], [:])
        var rest: [(String, Tensor)] = []
        for (name, tensor) in zip(corrected.names, corrected.tensors) {
            var values = tensor.values
            switch rules.encoding {
            case .float16: Self.appendHalf(values, to: &data)
            case .bfloat16: Self.appendUpperHalf(values, to: &data)
            case .int8:
                let scale = Self.quantize(&values, to: &data)
                metadata[UpdateForm.scaleName(of: name)] = UpdateForm.text(of: scale)
            case .topK: Self.keepLargest(rules.kept(of: values.count), of: &values, to: &data)
            }
            if rules.encoding.hasErrorFeedback {
                rest.append((name, Tensor(shape: tensor.shape, values: values)))
            }
        }
        let header = try SafetensorsHeader(
            tensors: zip(corrected.names, corrected.tensors).map { name, tensor in
                let stored = UpdateForm.stored(tensor.shape, count: tensor.count, rules)
                return (name, stored.type, stored.shape)
            },
            metadata: metadata
        )
        return Encoded(
            bytes: header.encoded + data,
            residual: rules.encoding.hasErrorFeedback ? try NamedTensors(rest) : nil
        )
    }

    /// Rounded to nearest, ties to even; what is too large becomes the largest finite number.
    private static func appendHalf(_ values: [Float], to data: inout [UInt8]) {
        let largest = Float(Float16.greatestFiniteMagnitude)
        for value in values {
            append(Float16(min(max(value, -largest), largest)).bitPattern, to: &data)
        }
    }

    /// Rounded to nearest, ties to even; what is too large becomes the largest finite number.
    private static func appendUpperHalf(_ values: [Float], to data: inout [UInt8]) {
        for value in values {
            let bits = value.bitPattern
            let rounded = UInt16(truncatingIfNeeded: (bits &+ 0x7FFF &+ (bits >> 16 & 1)) >> 16)
            // The largest finite ones would round to infinity.
            append(rounded & 0x7FFF == 0x7F80 ? rounded & 0x8000 | 0x7F7F : rounded, to: &data)
        }
    }

    /// Appends one byte a value; returns the scale and leaves in `values` what rounding left out.
    private static func quantize(_ values: inout [Float], to data: inout [UInt8]) -> Float {
        let scale = values.reduce(0) { max($0, $1.magnitude) } / UpdateForm.levels
        data.reserveCapacity(data.count + values.count)
        for (index, value) in values.enumerated() {
            let level = scale > 0 ? (value / scale).rounded(.toNearestOrEven) : 0
            let byte = Int8(min(max(level, -UpdateForm.levels), UpdateForm.levels))
            data.append(UInt8(bitPattern: byte))
            values[index] = value - Float(byte) * scale
        }
        return scale
    }

    /// Appends the `count` largest values by magnitude, of equal ones the first, in the order of
    /// their indices; zeroes them in `values`.
    private static func keepLargest(
        _ count: Int,
        of values: inout [Float],
        to data: inout [UInt8]
    ) {
        let (threshold, ties) = largest(count, of: values)
        var left = ties
        for (index, value) in values.enumerated() {
            let magnitude = value.magnitude.bitPattern
            guard magnitude > threshold || magnitude == threshold && left > 0 else { continue }
            if magnitude == threshold { left -= 1 }
            append(UInt32(index), to: &data)
            append(value.bitPattern, to: &data)
            values[index] = 0
        }
    }

    /// The magnitude from which on values are kept, as its bits, and how many of exactly it.
    ///
    /// Bits of finite magnitudes ascend as the magnitudes do: two histograms of 16 bits find it.
    private static func largest(_ count: Int, of values: [Float]) -> (UInt32, ties: Int) {
        guard count > 0 else { return (.max, 0) }
        var (above, high) = (0, 0)
        for part in [true, false] {
            var histogram = [Int](repeating: 0, count: 1 << 16)
            for value in values {
                let bits = value.magnitude.bitPattern
                if part {
                    histogram[Int(bits >> 16)] += 1
                } else if Int(bits >> 16) == high {
                    histogram[Int(bits & 0xFFFF)] += 1
                }
            }
            var bin = (1 << 16) - 1
            while bin > 0, above + histogram[bin] < count {
                above += histogram[bin]
                bin -= 1
            }
            guard part else { return (UInt32(high << 16 | bin), count - above) }
            high = bin
        }
        return (0, 0)
    }

    private static func append(
        _ word: some FixedWidthInteger & UnsignedInteger,
        to data: inout [UInt8]
    ) {
        for byte in 0..<word.bitWidth / 8 {
            data.append(UInt8(truncatingIfNeeded: word >> (8 * byte)))
        }
    }
}
