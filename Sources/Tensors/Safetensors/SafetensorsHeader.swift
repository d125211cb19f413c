/// What a safetensors file says about its tensors: names, types, shapes and places.
///
/// Format: 8 bytes little-endian length N, N bytes JSON, then the data. This reader is strict:
/// tensors lie in ascending byte order of their names, each begins where the one before it ends,
/// and the last ends with the file. So one set of tensors has one layout.
package struct SafetensorsHeader: Sendable, Hashable {
    /// One tensor of the file.
    package struct Entry: Sendable, Hashable {
        /// The unique name.
        package let name: String

        /// The type of its elements.
        package let elementType: ElementType

        /// The extents, outermost first.
        package let shape: [Int]

        /// Its bytes, counted from the start of the data (not of the file).
        package let byteRange: Range<Int>

        /// The number of elements.
        package var elementCount: Int { byteRange.count / elementType.byteCount }
    }

    /// The tensors in ascending byte order of their names.
    package let entries: [Entry]

    /// The free key-value pairs under `__metadata__`.
    package let metadata: [String: String]

    /// The bytes before the data: the length field and the JSON with its padding.
    package let headerBytes: Int

    /// The bytes of all tensors together.
    package var dataBytes: Int { entries.last?.byteRange.upperBound ?? 0 }

    /// The number of elements of all tensors together.
    package var elementCount: Int { entries.reduce(0) { $0 + $1.elementCount } }

    /// The entry of a name, or nil.
    package func entry(named name: String) -> Entry? {
        entries.first { $0.name == name }
    }

    /// The header of a file given its first bytes and its length.
    ///
    /// - Parameters:
    ///   - prefix: the file from byte 0, at least up to the end of the JSON.
    ///   - fileBytes: the length of the whole file.
    ///   - limits: bounds that are checked before anything is allocated.
    /// - Throws: `truncated`, `limitExceeded`, `malformedHeader`, `unsupportedType` or `layout`.
    package init(
        parsing prefix: [UInt8],
        fileBytes: Int,
        limits: SafetensorsLimits = .standard
    ) throws(TensorError) {
        let length = try SafetensorsHeader.jsonLength(
            in: prefix,
            fileBytes: fileBytes,
            limits: limits
        )
        guard prefix.count >= 8 + length else {
            throw TensorError(.truncated, "the file ends inside the safetensors header")
        }
        var scanner = SafetensorsHeaderScanner(Array(prefix[8..<8 + length]), limits: limits)
        let parsed = try scanner.scan()
        try SafetensorsHeader.checkLayout(
            parsed.entries,
            dataBytes: fileBytes - 8 - length,
            limits: limits
        )
        self.entries = parsed.entries
        self.metadata = parsed.metadata
        self.headerBytes = 8 + length
    }

    /// The header under which tensors of these names and shapes are written as Float32.
    ///
    /// - Throws: `duplicateName`, or `invalidName` for the reserved name.
    package init(
        float32Tensors tensors: [(name: String, shape: [Int])],
        metadata: [String: String] = [:]
    ) throws(TensorError) {
        try self.init(tensors: tensors.map { ($0.name, .float32, $0.shape) }, metadata: metadata)
    }

    /// The header under which tensors of these names, types and shapes are written.
    ///
    /// - Throws: `duplicateName`, or `invalidName` for the reserved name.
    package init(
        tensors: [(name: String, type: ElementType, shape: [Int])],
        metadata: [String: String] = [:]
    ) throws(TensorError) {
        var entries: [Entry] = []
        var offset = 0
        for tensor in tensors.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
            guard tensor.name != "__metadata__" else {
                throw TensorError(.invalidName, "a tensor must not be named '__metadata__'")
            }
            guard entries.last?.name != tensor.name else {
                throw TensorError(.duplicateName, "two tensors are named '\(tensor.name)'")
            }
            let end = offset + tensor.type.byteCount * Tensor.elementCount(of: tensor.shape)
            entries.append(
                Entry(
                    name: tensor.name,
                    elementType: tensor.type,
                    shape: tensor.shape,
                    byteRange: offset..<end
                )
            )
            offset = end
        }
        self.entries = entries
        self.metadata = metadata
        let json = SafetensorsHeader.json(entries: entries, metadata: metadata)
        self.headerBytes = 8 + json.count
    }

    /// The length field and the padded JSON: every byte before the data.
    package var encoded: [UInt8] {
        let json = SafetensorsHeader.json(entries: entries, metadata: metadata)
        return (0..<8).map { UInt8(truncatingIfNeeded: UInt64(json.count) >> (8 * UInt64($0))) }
            + json
    }

    /// The number of JSON bytes that the first 8 bytes announce, checked against file and limits.
    static func jsonLength(
        in prefix: [UInt8],
        fileBytes: Int,
        limits: SafetensorsLimits
    ) throws(TensorError) -> Int {
        guard prefix.count >= 8, fileBytes >= 8 else {
            throw TensorError(.truncated, "a safetensors file has at least 8 bytes")
        }
        let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(prefix[$1]) << (8 * UInt64($1)) }
        guard length <= UInt64(limits.maximumHeaderBytes) else {
            throw TensorError(
                .limitExceeded,
                "the header is \(length) bytes, the limit is \(limits.maximumHeaderBytes)"
            )
        }
        guard Int(length) <= fileBytes - 8 else {
            throw TensorError(.truncated, "the file ends inside the safetensors header")
        }
        return Int(length)
    }

    private static func checkLayout(
        _ entries: [Entry],
        dataBytes: Int,
        limits: SafetensorsLimits
    ) throws(TensorError) {
        guard dataBytes <= limits.maximumDataBytes else {
            throw TensorError(
                .limitExceeded,
                "the data is \(dataBytes) bytes, the limit is \(limits.maximumDataBytes)"
            )
        }
        var end = 0
        var previous: String?
        for entry in entries {
            if let previous, !previous.utf8.lexicographicallyPrecedes(entry.name.utf8) {
                throw TensorError(.layout, "tensor '\(entry.name)' is out of the order of names")
            }
            guard entry.byteRange.lowerBound == end else {
                throw TensorError(
                    .layout,
                    "tensor '\(entry.name)' begins at \(entry.byteRange.lowerBound), not at \(end)"
                )
            }
            end = entry.byteRange.upperBound
            previous = entry.name
        }
        guard end == dataBytes else {
            throw TensorError(.layout, "the tensors end at \(end), the data at \(dataBytes)")
        }
    }
}
