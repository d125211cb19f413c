/// The reading of what is inside sequences and encapsulated pixel data.
extension DataSetReader {
    /// Reads the items of a sequence up to its end, or to its delimiter if `length` is nil.
    mutating func readItems(
        _ header: ElementHeader,
        _ context: Context,
        length: Int?
    ) throws(DICOMError) -> [DataSet] {
        guard context.depth < limits.maximumDepth else {
            throw DICOMError(
                .depthLimit,
                tag: header.tag,
                offset: header.offset,
                "sequences nested deeper than \(limits.maximumDepth)"
            )
        }
        var inner = context
        inner.depth += 1
        if let length { inner.end = offset + length }
        var items: [DataSet] = []
        while length == nil || offset < inner.end {
            let item = try readHeader(inner)
            switch item.tag {
            case .item: items.append(try readItem(item, inner))
            case .sequenceDelimitationItem where length == nil:
                noteLength(of: item)
                return items
            case .itemDelimitationItem, .sequenceDelimitationItem:
                record(.strayDelimiter, tag: header.tag, offset: item.offset)
            default:
                throw DICOMError(
                    .invalidSequence,
                    tag: header.tag,
                    offset: item.offset,
                    "neither an item nor a delimiter where one must stand"
                )
            }
        }
        return items
    }

    private mutating func readItem(
        _ item: ElementHeader,
        _ context: Context
    ) throws(DICOMError) -> DataSet {
        var inner = context
        if !item.isUndefinedLength {
            try require(Int(item.length), context, tag: item.tag)
            inner.end = offset + Int(item.length)
        }
        return try readItem(inner, isDelimited: item.isUndefinedLength)
    }

    /// Reads UN bytes as a sequence; nil, with the place unchanged, if they are none.
    mutating func attemptItems(
        _ header: ElementHeader,
        _ context: Context,
        length: Int
    ) throws(DICOMError) -> [DataSet]? {
        let start = offset
        let recorded = anomalies.count
        var inner = context
        inner.encoding = .implicitLittleEndian
        do throws(DICOMError) {
            return try readItems(header, inner, length: length)
        } catch {
            guard ![.depthLimit, .elementCountLimit].contains(error.code) else { throw error }
            input.offset = start
            anomalies.removeSubrange(recorded...)
            record(.unparsedSequence, tag: header.tag, offset: header.offset)
            return nil
        }
    }

    /// Moves past a delimiter if one is next.
    private mutating func skipDelimiter(
        _ delimiter: Tag,
        _ context: Context
    ) throws(DICOMError) -> Bool {
        try require(8, context, tag: delimiter)
        guard input.tag(at: offset, bigEndian: context.encoding.isBigEndian) == delimiter else {
            return false
        }
        noteLength(of: try readHeader(context))
        return true
    }

    private mutating func noteLength(of delimiter: ElementHeader) {
        if delimiter.length != 0 {
            record(.strayDelimiter, tag: delimiter.tag, offset: delimiter.offset)
        }
    }

    /// Reads the fragments of encapsulated pixel data up to the delimiter.
    mutating func readFragments(
        _ header: ElementHeader,
        _ context: Context
    ) throws(DICOMError) -> [[UInt8]] {
        var fragments: [[UInt8]] = []
        while true {
            let item = try readHeader(context)
            if item.tag == .sequenceDelimitationItem {
                noteLength(of: item)
                return fragments
            }
            guard item.tag == .item, !item.isUndefinedLength else {
                throw DICOMError(
                    .invalidSequence,
                    tag: header.tag,
                    offset: item.offset,
                    "neither a fragment nor the delimiter in encapsulated pixel data"
                )
            }
            let length = Int(item.length)
            try require(length, context, tag: header.tag)
            fragments.append(Array(input.bytes[offset..<offset + length]))
            input.offset += length
        }
    }

    /// Reads the elements of an item: up to its end, or to its delimiter if `isDelimited`.
    private mutating func readItem(_ context: Context, isDelimited: Bool) throws(DICOMError)
        -> DataSet
    {
        var collected = ElementCollector(context)
        while isDelimited || offset < context.end {
            if isDelimited, try skipDelimiter(.itemDelimitationItem, context) { break }
            collected.add(try readElement(collected.context), to: &self)
        }
        return collected.finish(&self)
    }
}
