import Glibc

/// Conversion between UTF-8 and the encodings of the C library.
enum TextConverter {
    /// The text of bytes in an encoding; each byte without a meaning becomes U+FFFD.
    static func decode(_ bytes: [UInt8], from encoding: String) -> String {
        var output: [UInt8] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let (converted, consumed) = convert(rest, from: encoding, to: "UTF-8")
            output += converted
            rest = rest.dropFirst(consumed)
            if !rest.isEmpty {
                output += Array("\u{FFFD}".utf8)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// The bytes of a text in an encoding; nil if it lacks one of the characters.
    static func encode(_ text: String, to encoding: String) -> [UInt8]? {
        let bytes = Array(text.utf8)
        let (converted, consumed) = convert(bytes[...], from: "UTF-8", to: encoding)
        return consumed == bytes.count ? converted : nil
    }

    /// Converts as far as the bytes are valid and returns how far that was.
    private static func convert(
        _ bytes: ArraySlice<UInt8>,
        from source: String,
        to target: String
    ) -> (output: [UInt8], consumed: Int) {
        guard let descriptor = unsafe iconv_open(target, source),
            unsafe Int(bitPattern: descriptor) != -1
        else { return ([], 0) }
        defer { unsafe iconv_close(descriptor) }
        // One byte of any encoding here becomes at most 4 bytes; 16 leave room for shifts.
        var output = [CChar](repeating: 0, count: bytes.count * 4 + 16)
        var input = bytes.map { CChar(bitPattern: $0) }
        var inputLeft = input.count
        var outputLeft = output.count
        unsafe input.withUnsafeMutableBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                var from = source.baseAddress
                var to = target.baseAddress
                _ = unsafe iconv(descriptor, &from, &inputLeft, &to, &outputLeft)
            }
        }
        let produced = output[..<(output.count - outputLeft)]
        return (produced.map { UInt8(bitPattern: $0) }, bytes.count - inputLeft)
    }
}
