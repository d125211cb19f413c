extension DataSetReader {
    /// Reads a whole data set to the end of the input, or up to a tag.
    ///
    /// What follows Pixel Data and does not look like an element, and zeros to the end, are
    /// trailing bytes.
    mutating func readDataSet(
        _ encoding: ElementEncoding,
        until: Tag?
    ) throws(DICOMError) -> (dataSet: DataSet, trailingBytes: Int) {
        let end = input.bytes.count
        let endOfContent = (input.bytes.lastIndex { $0 != 0 } ?? -1) + 1
        var collected = ElementCollector(Context(encoding: encoding, end: end))
        while offset < end {
            if let until, offset + 4 <= end,
                input.tag(at: offset, bigEndian: encoding.isBigEndian) >= until
            {
                return (collected.finish(&self), 0)
            }
            let isAfterPixels = collected.lastTag.map { $0 >= .pixelData } ?? false
            let isPadding = offset >= endOfContent && !collected.isEmpty
            if isPadding || isAfterPixels && !looksLikeElement(encoding, after: collected.lastTag) {
                break
            }
            collected.add(try readElement(collected.context), to: &self)
        }
        return (collected.finish(&self), end - offset)
    }

    private func looksLikeElement(_ encoding: ElementEncoding, after last: Tag?) -> Bool {
        guard offset + 8 <= input.bytes.count else { return false }
        let tag = input.tag(at: offset, bigEndian: encoding.isBigEndian)
        guard !tag.isDelimitation, last.map({ $0 < tag }) ?? true else { return false }
        if encoding.isExplicit { return input.hasRepresentation(at: offset) }
        let length = Int(input.uint32(at: offset + 4, bigEndian: encoding.isBigEndian))
        return length <= input.bytes.count - offset - 8
    }
}
