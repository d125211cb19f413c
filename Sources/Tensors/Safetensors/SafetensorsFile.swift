package import Foundation

/// An open safetensors file of which only the header is in memory; elements are read in blocks.
///
/// A mean over many models of any size thus needs one block a model. Positioned reads share no
/// state, so several threads may read at once.
package final class SafetensorsFile: Sendable {
    /// What the file holds and where.
    package let header: SafetensorsHeader

    private let descriptor: Int32
    private let name: String

    /// Opens the file and checks its header against its length.
    ///
    /// - Throws: `fileAccess` with the reason of the system, or an error of the header.
    package init(_ url: URL, limits: SafetensorsLimits = .standard) throws(TensorError) {
        let descriptor = unsafe open(url.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw SystemCall.failure("cannot open '\(url.lastPathComponent)'")
        }
        do throws(TensorError) {
            header = try SafetensorsFile.readHeader(descriptor, limits: limits)
        } catch {
            _ = close(descriptor)
            throw error
        }
        self.descriptor = descriptor
        self.name = url.lastPathComponent
    }

    deinit { _ = close(descriptor) }

    /// The elements at the given row-major positions of one tensor, as Float32.
    ///
    /// - Throws: `unsupportedType` for a type that is no float, `truncated`, `fileAccess`.
    package func readFloat32(
        _ entry: SafetensorsHeader.Entry,
        elements: Range<Int>
    ) throws(TensorError) -> [Float] {
        var result = [Float](repeating: 0, count: elements.count)
        try readFloat32(entry, elements: elements, into: &result)
        return result
    }

    /// Reads elements into the front of an array that holds at least as many.
    ///
    /// - Throws: `unsupportedType` for a type that is no float, `truncated`, `fileAccess`.
    package func readFloat32(
        _ entry: SafetensorsHeader.Entry,
        elements: Range<Int>,
        into values: inout [Float]
    ) throws(TensorError) {
        precondition(
            elements.lowerBound >= 0 && elements.upperBound <= entry.elementCount,
            "elements outside the tensor"
        )
        precondition(values.count >= elements.count, "the array is too short")
        let size = entry.elementType.byteCount
        let offset = header.headerBytes + entry.byteRange.lowerBound + elements.lowerBound * size
        if entry.elementType == .float32 {
            try unsafe values.withUnsafeMutableBufferPointer { raw throws(TensorError) in
                try unsafe SystemCall.read(
                    descriptor,
                    at: offset,
                    into: UnsafeMutableRawBufferPointer(
                        start: raw.baseAddress,
                        count: 4 * elements.count
                    )
                )
            }
            return
        }
        var bytes = [UInt8](repeating: 0, count: elements.count * size)
        try SystemCall.read(descriptor, at: offset, into: &bytes)
        let converted = try ElementConversion.float32(
            from: bytes[...],
            type: entry.elementType,
            name: entry.name
        )
        values.replaceSubrange(..<elements.count, with: converted)
    }

    /// The elements of a tensor as they lie in the file.
    ///
    /// - Throws: `truncated`, `fileAccess`.
    package func readBytes(
        _ entry: SafetensorsHeader.Entry,
        _ elements: Range<Int>
    ) throws(TensorError) -> [UInt8] {
        precondition(
            elements.lowerBound >= 0 && elements.upperBound <= entry.elementCount,
            "elements outside the tensor"
        )
        let size = entry.elementType.byteCount
        let start = header.headerBytes + entry.byteRange.lowerBound
        var bytes = [UInt8](repeating: 0, count: elements.count * size)
        try SystemCall.read(descriptor, at: start + elements.lowerBound * size, into: &bytes)
        return bytes
    }

    private static func readHeader(
        _ descriptor: Int32,
        limits: SafetensorsLimits
    ) throws(TensorError) -> SafetensorsHeader {
        let fileBytes = Int(lseek(descriptor, 0, SEEK_END))
        guard fileBytes >= 0 else { throw SystemCall.failure("cannot measure the file") }
        var prefix = [UInt8](repeating: 0, count: min(8, fileBytes))
        try SystemCall.read(descriptor, at: 0, into: &prefix)
        let length = try SafetensorsHeader.jsonLength(
            in: prefix,
            fileBytes: fileBytes,
            limits: limits
        )
        prefix = [UInt8](repeating: 0, count: 8 + length)
        try SystemCall.read(descriptor, at: 0, into: &prefix)
        return try SafetensorsHeader(parsing: prefix, fileBytes: fileBytes, limits: limits)
    }
}
