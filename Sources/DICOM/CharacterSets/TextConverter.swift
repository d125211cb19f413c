import Glibc

/// Conversion between UTF-8 and the encodings of the C library.
enum TextConverter {
    /// The text of bytes in an encoding; each byte without a meaning becomes U+FFFD.
    static func decode(_ bytes: [UInt8], from encoding: String) -> String {
        let output = convert(
            bytes,
            from: encoding,
            to: "UTF-8",
            replacement: Array("\u{FFFD}".utf8)
        )
        return String(decoding: output ?? [], as: UTF8.self)
    }

    /// The bytes of a text in an encoding; nil if it lacks one of the characters.
    static func encode(_ text: String, to encoding: String) -> [UInt8]? {
        convert(Array(text.utf8), from: "UTF-8", to: encoding, replacement: nil)
    }

    /// Converts bytes in one pass; nil at the first invalid byte if there is no replacement.
    private static func convert(
        _ bytes: [UInt8],
        from source: String,
        to target: String,
        replacement: [UInt8]?
    ) -> [UInt8]? {
        guard let descriptor = unsafe iconv_open(target, source),
            Int(bitPattern: descriptor) != -1
        else {
            // A C library without this converter: every byte is one without a meaning.
            return replacement.map { mark in bytes.flatMap { _ in mark } }
        }
        defer { unsafe iconv_close(descriptor) }
        var input = bytes.map { CChar(bitPattern: $0) }
        var inputLeft = input.count
        var chunk = [CChar](repeating: 0, count: 4_096)
        var output: [UInt8] = []
        while inputLeft > 0 {
            let start = input.count - inputLeft
            var outputLeft = chunk.count
            var hasFailed = false
            unsafe input.withUnsafeMutableBufferPointer { source in
                unsafe chunk.withUnsafeMutableBufferPointer { target in
                    var from = unsafe source.baseAddress.map { unsafe $0 + start }
                    var to = target.baseAddress
                    let result = unsafe iconv(descriptor, &from, &inputLeft, &to, &outputLeft)
                    hasFailed = result == Int(bitPattern: UInt.max) && errno != E2BIG
                }
            }
            for byte in chunk[..<(chunk.count - outputLeft)] {
                output.append(UInt8(bitPattern: byte))
            }
            guard hasFailed else { continue }
            guard let replacement else { return nil }
            output += replacement
            inputLeft -= 1
        }
        return output
    }
}
