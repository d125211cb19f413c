extension DICOMFile {
    /// The bytes of a file that holds a data set: zero preamble, fresh file meta, then the elements.
    ///
    /// The same input gives the same bytes. Lengths are defined, values padded to even length,
    /// group lengths outside the file meta left out.
    /// - Parameters:
    ///   - dataSet: The elements, none of group 0000 or 0002.
    ///   - fileMeta: Further or other elements of group 0002, such as the SOP class of a directory.
    ///   - transferSyntax: The encoding; encapsulated ones need Pixel Data in fragments.
    ///   - implementation: The writer named in the file meta.
    ///   - sequenceLengths: How the ends of sequences and items are marked.
    /// - Returns: The bytes of the file.
    /// - Throws: ``DICOMError``: `missing-attribute` without SOP class and instance,
    ///   `value-too-long`, or `mismatched-value` if a value does not fit its representation.
    package static func write(
        dataSet: DataSet,
        fileMeta: DataSet = DataSet(),
        transferSyntax: TransferSyntax = .explicitVRLittleEndian,
        implementation: Implementation = .current,
        sequenceLengths: SequenceLengths = .defined
    ) throws(DICOMError) -> [UInt8] {
        var file = prefix
        file += try encode(
            meta(of: dataSet, fileMeta, transferSyntax: transferSyntax, implementation)
        )
        if !transferSyntax.isDeflated {
            var writer = DataSetWriter(transferSyntax, sequenceLengths, after: file)
            try writer.writeDataSet(dataSet)
            return writer.bytes
        }
        var writer = DataSetWriter(transferSyntax, sequenceLengths)
        try writer.writeDataSet(dataSet)
        file += try Deflater.deflate(writer.bytes)
        if !file.count.isMultiple(of: 2) { file.append(0) }
        return file
    }

    /// What stands before the data set of a file: zero preamble, prefix, and the file meta
    /// information of an object that is encoded already (PS3.10 section 7.1).
    ///
    /// - Throws: ``DICOMError`` if a UID cannot be written.
    package static func header(
        sopClassUID: String,
        sopInstanceUID: String,
        transferSyntax: TransferSyntax,
        implementation: Implementation = .current
    ) throws(DICOMError) -> [UInt8] {
        var identity = DataSet()
        try identity.set(.sopClassUID, string: sopClassUID)
        try identity.set(.sopInstanceUID, string: sopInstanceUID)
        return prefix
            + (try encode(
                meta(of: identity, DataSet(), transferSyntax: transferSyntax, implementation)
            ))
    }

    private static let prefix = [UInt8](repeating: 0, count: 128) + Array("DICM".utf8)

    /// The file meta information without its group length.
    private static func meta(
        of dataSet: DataSet,
        _ given: DataSet,
        transferSyntax: TransferSyntax,
        _ implementation: Implementation
    ) throws(DICOMError) -> DataSet {
        var meta = DataSet()
        meta.set(.fileMetaInformationVersion, .ob, bytes: [0, 1])
        let copies: [(Tag, Tag)] = [
            (.mediaStorageSOPClassUID, .sopClassUID),
            (.mediaStorageSOPInstanceUID, .sopInstanceUID),
        ]
        for (target, source) in copies {
            guard let uid = given.string(target) ?? dataSet.string(source) else {
                throw DICOMError(
                    .missingAttribute,
                    tag: source,
                    "the file meta information needs it"
                )
            }
            try meta.set(target, string: uid)
        }
        try meta.set(.implementationClassUID, string: implementation.classUID)
        try meta.set(.implementationVersionName, string: implementation.versionName)
        for element in given where !element.tag.isGroupLength {
            guard element.tag.group == 0x0002 else {
                throw DICOMError(
                    .mismatchedValue,
                    tag: element.tag,
                    "only group 0002 belongs to the file meta"
                )
            }
            meta.insert(element)
        }
        try meta.set(.transferSyntaxUID, string: transferSyntax.uid)
        return meta
    }

    private static func encode(_ meta: DataSet) throws(DICOMError) -> [UInt8] {
        var body = DataSetWriter(.explicitVRLittleEndian, .defined)
        try body.writeElements(of: meta)
        var length = DataSet()
        try length.set(.fileMetaInformationGroupLength, ints: [body.bytes.count])
        var head = DataSetWriter(.explicitVRLittleEndian, .defined)
        try head.writeElements(of: length, includingGroupLengths: true)
        return head.bytes + body.bytes
    }
}
