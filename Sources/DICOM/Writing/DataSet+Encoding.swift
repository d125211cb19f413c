extension DataSet {
    /// The bytes of the data set alone, as they stand encrypted or in a message.
    ///
    /// - Parameter syntax: The encoding; a deflated one is written without being deflated.
    /// - Returns: The bytes, all lengths defined.
    /// - Throws: ``DICOMError``: `value-too-long` or `mismatched-value`.
    package func encoded(
        in syntax: TransferSyntax = .explicitVRLittleEndian
    ) throws(DICOMError) -> [UInt8] {
        var writer = DataSetWriter(syntax, .defined)
        try writer.writeDataSet(self)
        return writer.bytes
    }
}
