/// Reads the records of a CSV file one by one (RFC 4180), in the forms spreadsheets write.
///
/// UTF-8 with or without a byte-order mark, UTF-16 with one, else Latin-1; comma, semicolon or tab,
/// whichever the header has most; LF, CRLF or CR; quoted fields with doubled quotes and line breaks
/// inside.
package struct CSVReader {
    /// One record.
    package struct Record: Sendable, Hashable {
        /// Its number in the file, the header being 1, blank lines included.
        package let row: Int
        /// The fields, trimmed of blanks at both ends.
        package let fields: [String]

        /// The text of a column; empty where there is no such column or the record is short.
        package func field(_ column: Int?) -> String {
            guard let column, fields.indices.contains(column) else { return "" }
            return fields[column]
        }
    }

    /// The names of the columns.
    package private(set) var header: [String] = []

    private let bytes: [UInt8]
    private let isLatin1: Bool
    private var delimiter = UInt8(ascii: ",")
    private var offset = 0
    private var row = 0

    /// Reads the header.
    ///
    /// - Throws: `malformed-csv` for a file without a header, or with a quote that is never closed.
    package init(_ file: [UInt8]) throws(HeadCTError) {
        let text = Self.utf8(file)
        bytes = text
        isLatin1 = String(validating: text, as: UTF8.self) == nil
        delimiter = Self.delimiter(of: text)
        guard let first = try next() else {
            throw HeadCTError(.malformedCSV, "the file is empty; it needs a header")
        }
        header = first.fields
    }

    /// The column of the given name in any case; the first of several.
    package func column(_ names: String...) -> Int? {
        let wanted = names.map { $0.lowercased() }
        return header.firstIndex { wanted.contains($0.lowercased()) }
    }

    /// The next record that is not blank; nil at the end.
    package mutating func next() throws(HeadCTError) -> Record? {
        while offset < bytes.count {
            row += 1
            let fields = try readFields()
            if fields.contains(where: { !$0.isEmpty }) { return Record(row: row, fields: fields) }
        }
        return nil
    }

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    private mutating func readFields() throws(HeadCTError) -> [String] {
        var fields: [String] = []
        while true {
            fields.append(try readField())
            guard offset < bytes.count else { return fields }
            let end = bytes[offset]
            offset += 1
            if end == delimiter { continue }
            if end == Self.carriageReturn, offset < bytes.count, bytes[offset] == Self.lineFeed {
                offset += 1
            }
            return fields
        }
    }

    /// Reads up to the next delimiter or end of line, which stays to be read.
    private mutating func readField() throws(HeadCTError) -> String {
        if offset < bytes.count, bytes[offset] == Self.quote { return try readQuoted() }
        let start = offset
        while offset < bytes.count, !isEnd(bytes[offset]) { offset += 1 }
        return text(bytes[start..<offset])
    }

    private mutating func readQuoted() throws(HeadCTError) -> String {
        var content: [UInt8] = []
        offset += 1
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            if byte != Self.quote {
                content.append(byte)
            } else if offset < bytes.count, bytes[offset] == Self.quote {
                content.append(byte)
                offset += 1
            } else {
                while offset < bytes.count, !isEnd(bytes[offset]) {
                    content.append(bytes[offset])
                    offset += 1
                }
                return text(content[...])
            }
        }
        throw HeadCTError(.malformedCSV, "a quote in row \(row) is never closed")
    }

    private func isEnd(_ byte: UInt8) -> Bool {
        byte == delimiter || byte == Self.lineFeed || byte == Self.carriageReturn
    }

    private func text(_ bytes: ArraySlice<UInt8>) -> String {
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || (isLatin1 && $0 == 0xA0) }
        var trimmed = bytes.drop(while: isBlank)
        while let last = trimmed.last, isBlank(last) { trimmed.removeLast() }
        if !isLatin1 { return String(decoding: trimmed, as: UTF8.self) }
        return String(String.UnicodeScalarView(trimmed.map { Unicode.Scalar($0) }))
    }

    /// The file without a byte-order mark, UTF-16 converted.
    private static func utf8(_ file: [UInt8]) -> [UInt8] {
        if file.starts(with: [0xEF, 0xBB, 0xBF]) { return Array(file.dropFirst(3)) }
        let isLittleEndian = file.starts(with: [0xFF, 0xFE])
        guard isLittleEndian || file.starts(with: [0xFE, 0xFF]) else { return file }
        var units: [UInt16] = []
        for index in stride(from: 2, to: file.count - 1, by: 2) {
            let low = UInt16(file[isLittleEndian ? index : index + 1])
            let high = UInt16(file[isLittleEndian ? index + 1 : index])
            units.append(high << 8 | low)
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    /// The candidate that occurs most often outside quotes in the first line that has any text.
    private static func delimiter(of bytes: [UInt8]) -> UInt8 {
        let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
        var counts = [0, 0, 0]
        var isQuoted = false
        var hasText = false
        for byte in bytes {
            if byte == quote { isQuoted.toggle() }
            if !isQuoted, byte == lineFeed || byte == carriageReturn {
                if hasText { break }
                continue
            }
            hasText = true
            if !isQuoted, let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
        }
        let best = counts.indices.reduce(0) { counts[$1] > counts[$0] ? $1 : $0 }
        return candidates[best]
    }
}
