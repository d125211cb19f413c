/// Finds the codestream in what a DICOM frame holds.
///
/// PS3.5 A.4.4 asks for the bare codestream; some writers store a whole JP2 file, whose boxes
/// (ITU-T T.800 annex I) say nothing that DICOM does not.
enum JPEG2000Container {
    private static let signature: [UInt8] = [0, 0, 0, 12, 0x6A, 0x50, 0x20, 0x20]
    private static let codestreamBox = 0x6A70_3263

    /// The range of the codestream; the whole frame unless it is a JP2 file.
    static func codestream(in bytes: [UInt8]) throws(CodestreamError) -> Range<Int> {
        guard bytes.starts(with: signature) else { return 0..<bytes.count }
        var cursor = ByteCursor(bytes)
        while true {
            let start = cursor.offset
            var length = try cursor.uint32()
            let type = try cursor.uint32()
            if length == 1 {
                let high = try cursor.uint32()
                length = try cursor.uint32()
                guard high == 0 else { throw .truncated("a JP2 box is too long", at: start) }
            }
            let content = cursor.offset
            let end = length == 0 ? bytes.count : start + length
            guard end >= content else { throw .malformed("a JP2 box is too short", at: start) }
            if type == codestreamBox { return content..<min(end, bytes.count) }
            try cursor.skip(end - content)
        }
    }
}
