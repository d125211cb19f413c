package import Foundation

/// The labels of a site as its own file states them, keyed by original identifiers.
///
/// It lives in memory during intake: what is stored later are the labels of a ``LabelJoin`` under
/// new identifiers. Text of reports is never kept.
package struct LabelTable: Sendable, Hashable {
    /// What one or several agreeing rows say about one exam or slice.
    package struct Entry: Sendable, Hashable {
        /// What the entry is about.
        package let key: LabelKey
        /// The labels.
        package let labels: ExamLabels
        /// The file, by its place in the ascending list of file names.
        package let file: Int
        /// The first row.
        package let row: Int
    }

    /// The format it was read from.
    package let format: LabelFormat
    /// One entry for each key, in the order of the files.
    package let entries: [Entry]
    /// Rows that gave no entry, and why.
    package let issues: [LabelIssue]
    /// The number of rows read, headers aside.
    package let rowCount: Int
    /// CT-ICH: PatientID by the patient number that names rows and mask files.
    package let patientIDs: [String: String]

    /// Reads label files that are in memory.
    ///
    /// - Parameters:
    ///   - format: The format.
    ///   - files: Contents by file name; files without the format's key column are passed over if
    ///     another has it.
    /// - Returns: The table.
    /// - Throws: `malformed-csv`, `missing-column` or `missing-file`; a bad row is no error but an
    ///   issue.
    package static func read(
        format: LabelFormat,
        files: [String: [UInt8]]
    ) throws(HeadCTError) -> LabelTable {
        guard !files.isEmpty else {
            throw HeadCTError(
                .missingFile,
                "there is no label file of the format \(format.rawValue)"
            )
        }
        let ordered = files.sorted { $0.key < $1.key }.map(\.value)
        switch format {
        case .rsna2019: return try RSNALabels.read(ordered)
        case .cq500Reads: return try CQ500Labels.read(ordered)
        case .ctICH: return try CTICHLabels.read(ordered)
        case .plainCSV: return try PlainLabels(format: format).read(ordered)
        case .reportCSV: return try PlainLabels(format: format).read(ordered)
        }
    }

    /// Reads a label file, or the CSV files of a folder.
    ///
    /// - Throws: What ``read(format:files:)`` throws, and `unreadable-file` or `too-large`.
    package static func read(
        format: LabelFormat,
        at url: URL
    ) throws(HeadCTError) -> LabelTable {
        var files: [String: [UInt8]] = [:]
        for file in try labelFiles(at: url) {
            guard let data = try? Data(contentsOf: file) else {
                throw HeadCTError(.unreadableFile, "a label file cannot be read")
            }
            guard data.count <= maximumFileSize else {
                throw HeadCTError(.tooLarge, "a label file of more than \(maximumFileSize) bytes")
            }
            files[file.lastPathComponent] = [UInt8](data)
        }
        return try read(format: format, files: files)
    }

    /// RSNA's file of 752,803 images has 120 MB.
    private static let maximumFileSize = 1 << 30

    private static func labelFiles(at url: URL) throws(HeadCTError) -> [URL] {
        guard let values = try? url.resourceValues(forKeys: [.isDirectoryKey]) else {
            throw HeadCTError(.missingFile, "there is nothing at the path of the labels")
        }
        if values.isDirectory != true { return [url] }
        guard
            let content = try? FileManager.default.contentsOfDirectory(
                at: url,
                includingPropertiesForKeys: nil
            )
        else { throw HeadCTError(.unreadableFile, "the folder of the labels cannot be listed") }
        return content.filter { ["csv", "tsv", "txt"].contains($0.pathExtension.lowercased()) }
    }
}
