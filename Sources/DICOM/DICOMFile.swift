/// A DICOM object as stored in a file (PS3.10): preamble, file meta information and data set.
package struct DICOMFile: Hashable, Sendable {
    /// The 128 bytes before the prefix; empty if the file has none.
    package let preamble: [UInt8]

    /// The elements of group 0002; empty if the file has none.
    package let fileMeta: DataSet

    /// The elements of the object.
    package let dataSet: DataSet

    /// How the data set was encoded; found out by looking at it where the file does not say.
    package let transferSyntax: TransferSyntax

    /// The number of bytes after the data set that belong to no element.
    package let trailingBytes: Int

    /// What was odd about the file though it could be read, in the order of its discovery.
    package let anomalies: [Anomaly]

    /// Makes a file of its parts, as tests and converters do.
    package init(
        dataSet: DataSet,
        fileMeta: DataSet = DataSet(),
        transferSyntax: TransferSyntax = .explicitVRLittleEndian,
        preamble: [UInt8] = [],
        trailingBytes: Int = 0,
        anomalies: [Anomaly] = []
    ) {
        self.preamble = preamble
        self.fileMeta = fileMeta
        self.dataSet = dataSet
        self.transferSyntax = transferSyntax
        self.trailingBytes = trailingBytes
        self.anomalies = anomalies
    }

    /// Reads the bytes of a file.
    ///
    /// Files without preamble or file meta information are read if they look like a data set.
    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - limits: The bounds on depth, count, length and size.
    ///   - until: The tag before which to stop, such as ``Tag/pixelData`` to read the header only;
    ///     trailing bytes are not looked for then.
    /// - Throws: ``DICOMError`` with the tag and the offset of what could not be read.
    package init(
        reading bytes: [UInt8],
        limits: ReadingLimits = .default,
        until: Tag? = nil
    ) throws(DICOMError) {
        var reader = try FileReader(bytes, limits: limits)
        self = try reader.read(until: until)
    }

    /// Reads the elements before a tag from the first bytes of a file, which may be cut anywhere
    /// behind them.
    ///
    /// - Parameters:
    ///   - beginning: The first bytes, or all.
    ///   - limits: The bounds on depth, count, length and size.
    ///   - until: The tag before which to stop.
    /// - Throws: ``DICOMError``, also where the cut lies before the tag.
    package init(
        readingHeaderOf beginning: [UInt8],
        limits: ReadingLimits = .default,
        until: Tag
    ) throws(DICOMError) {
        var reader = try FileReader(beginning, limits: limits, isCut: true)
        self = try reader.read(until: until)
    }
}
