package import Foundation

/// Named tensors as a safetensors file: the form in which models and updates are kept and sent.
///
/// Float32 little endian; the same tensors and metadata always give the same bytes.
package enum Safetensors {
    /// The whole file as bytes.
    ///
    /// - Throws: `invalidName` for a tensor named `__metadata__`.
    package static func encode(
        _ tensors: NamedTensors,
        metadata: [String: String] = [:]
    ) throws(TensorError) -> [UInt8] {
        let header = try header(of: tensors, metadata: metadata)
        var bytes = header.encoded
        bytes.reserveCapacity(header.headerBytes + header.dataBytes)
        for tensor in tensors.tensors {
            unsafe tensor.withUnsafeBuffer { buffer in
                unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(buffer))
            }
        }
        return bytes
    }

    /// The tensors of a file; F16, BF16 and F64 are converted to Float32, other types refused.
    ///
    /// - Throws: a `TensorError` that names the tensor or the byte.
    package static func decode(
        _ bytes: [UInt8],
        limits: SafetensorsLimits = .standard
    ) throws(TensorError) -> NamedTensors {
        let header = try SafetensorsHeader(
            parsing: bytes,
            fileBytes: bytes.count,
            limits: limits
        )
        var tensors: [(String, Tensor)] = []
        for entry in header.entries {
            let start = header.headerBytes + entry.byteRange.lowerBound
            let end = header.headerBytes + entry.byteRange.upperBound
            let values = try ElementConversion.float32(
                from: bytes[start..<end],
                type: entry.elementType,
                name: entry.name
            )
            tensors.append((entry.name, Tensor(shape: entry.shape, values: values)))
        }
        return try NamedTensors(tensors)
    }

    /// Writes the file so that a reader sees the old content or the new, never a part.
    ///
    /// - Throws: `fileAccess` with the reason of the system.
    package static func write(
        _ tensors: NamedTensors,
        metadata: [String: String] = [:],
        to url: URL
    ) throws(TensorError) {
        let writer = try SafetensorsWriter(
            header: try header(of: tensors, metadata: metadata),
            to: url
        )
        for tensor in tensors.tensors { try writer.append(tensor) }
        try writer.finish()
    }

    /// Reads the tensors of a file; see `decode`.
    package static func read(
        from url: URL,
        limits: SafetensorsLimits = .standard
    ) throws(TensorError) -> NamedTensors {
        let file = try SafetensorsFile(url, limits: limits)
        var tensors: [(String, Tensor)] = []
        for entry in file.header.entries {
            let values = try file.readFloat32(entry, elements: 0..<entry.elementCount)
            tensors.append((entry.name, Tensor(shape: entry.shape, values: values)))
        }
        return try NamedTensors(tensors)
    }

    private static func header(
        of tensors: NamedTensors,
        metadata: [String: String]
    ) throws(TensorError) -> SafetensorsHeader {
        try SafetensorsHeader(
            float32Tensors: zip(tensors.names, tensors.tensors).map { ($0, $1.shape) },
            metadata: metadata
        )
    }
}
