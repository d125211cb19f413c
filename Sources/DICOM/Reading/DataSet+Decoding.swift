extension DataSet {
    /// Reads the bytes of a data set alone, which say nothing of their encoding.
    ///
    /// - Parameters:
    ///   - bytes: All of it, not deflated.
    ///   - syntax: The encoding.
    ///   - limits: The bounds on depth, count and length.
    /// - Throws: ``DICOMError`` with the tag and the offset of what could not be read; `truncated`
    ///   also if bytes are left over.
    package init(
        decoding bytes: [UInt8],
        in syntax: TransferSyntax,
        limits: ReadingLimits = .default
    ) throws(DICOMError) {
        guard bytes.count <= limits.maximumFileSize else {
            throw DICOMError(.fileSizeLimit, "\(bytes.count) bytes")
        }
        var reader = DataSetReader(bytes, offset: 0, limits: limits)
        let result = try reader.readDataSet(syntax.elementEncoding, until: nil)
        guard result.trailingBytes == 0 else {
            throw DICOMError(.truncated, offset: reader.offset, "bytes after the data set")
        }
        self = result.dataSet
    }
}
