import DICOM

/// Small files built for tests.
enum SmallFile {
    /// A data set with a nested sequence, a private block, text, numbers and eight pixel bytes.
    static func dataSet() throws -> DataSet {
        var inner = DataSet()
        try inner.set(.codeValue, string: "T-D1100")
        try inner.set(.codeMeaning, string: "Head")
        var item = DataSet()
        try item.set(.studyInstanceUID, string: "2.25.7")
        item.set(.anatomicRegionSequence, items: [inner, DataSet()])
        var dataSet = DataSet()
        try dataSet.set(.sopClassUID, string: "1.2.840.10008.5.1.4.1.1.2")
        try dataSet.set(.sopInstanceUID, string: "2.25.1")
        try dataSet.set(.modality, string: "CT")
        dataSet.set(.referencedSeriesSequence, items: [item])
        try dataSet.set(.patientName, string: "Doe^Jane")
        try dataSet.set(Tag(0x0019, 0x0010), .lo, string: "ACME")
        dataSet.set(Tag(0x0019, 0x1001), .un, bytes: [1, 2, 3, 4])
        try dataSet.set(.rows, ints: [2])
        try dataSet.set(.columns, ints: [2])
        dataSet.set(.pixelData, .ow, bytes: [0, 1, 2, 3, 4, 5, 6, 7])
        return dataSet
    }

    /// The four syntaxes whose pixel data are native.
    static let syntaxes: [TransferSyntax] = [
        .implicitVRLittleEndian, .explicitVRLittleEndian, .explicitVRBigEndian,
        .deflatedExplicitVRLittleEndian,
    ]

    /// A file with file meta information and these bytes as its data set.
    static func bytes(_ syntax: TransferSyntax, body: [UInt8]) throws -> [UInt8] {
        var meta = DataSet()
        try meta.set(.mediaStorageSOPClassUID, string: "1.2.840.10008.5.1.4.1.1.2")
        try meta.set(.mediaStorageSOPInstanceUID, string: "2.25.1")
        let native = TransferSyntax.explicitVRLittleEndian
        let head = try DICOMFile.write(dataSet: DataSet(), fileMeta: meta, transferSyntax: native)
        guard syntax != native else { return head + body }
        let other = try DICOMFile.write(dataSet: DataSet(), fileMeta: meta, transferSyntax: syntax)
        return (syntax.isDeflated ? Array(other.prefix(metaEnd(of: other))) : other) + body
    }

    /// The offset at which the data set of a file with file meta information begins.
    static func metaEnd(of file: [UInt8]) -> Int {
        var length = 0
        for index in (140..<144).reversed() { length = length << 8 | Int(file[index]) }
        return 144 + length
    }
}
