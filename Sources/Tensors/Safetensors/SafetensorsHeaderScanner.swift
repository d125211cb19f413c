/// Reads the JSON of a safetensors header: exactly the grammar the format allows, nothing wider.
///
/// Depth is fixed by the grammar, keys are unique, numbers are plain non-negative integers.
struct SafetensorsHeaderScanner {
    private let bytes: [UInt8]
    private let limits: SafetensorsLimits
    private var position = 0

    init(_ bytes: [UInt8], limits: SafetensorsLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    /// The tensors in the order of the text, and the metadata.
    mutating func scan() throws(TensorError) -> (
        entries: [SafetensorsHeader.Entry], metadata: [String: String]
    ) {
        var entries: [SafetensorsHeader.Entry] = []
        var metadata: [String: String]?
        var seen: Set<String> = []
        try object { scanner, key throws(TensorError) in
            guard seen.insert(key).inserted else {
                throw TensorError(.duplicateName, "the header names '\(key)' twice")
            }
            if key == "__metadata__" {
                metadata = try scanner.metadataObject()
            } else {
                guard entries.count < scanner.limits.maximumTensorCount else {
                    throw TensorError(
                        .limitExceeded,
                        "the file has more than \(scanner.limits.maximumTensorCount) tensors"
                    )
                }
                entries.append(try scanner.entry(named: key))
            }
        }
        while position < bytes.count {
            try expect(UInt8(ascii: " "))
        }
        return (entries, metadata ?? [:])
    }

    private mutating func metadataObject() throws(TensorError) -> [String: String] {
        var result: [String: String] = [:]
        try object { scanner, key throws(TensorError) in
            guard result[key] == nil else {
                throw TensorError(.malformedHeader, "the metadata names a key twice")
            }
            result[key] = try scanner.string()
        }
        return result
    }

    private mutating func entry(
        named name: String
    ) throws(TensorError) -> SafetensorsHeader.Entry {
        var elementType: ElementType?
        var shape: [Int]?
        var offsets: [Int]?
        try object { scanner, key throws(TensorError) in
            switch key {
            case "dtype" where elementType == nil:
                let text = try scanner.string()
                guard let type = ElementType(rawValue: text) else {
                    throw TensorError(.unsupportedType, "tensor '\(name)' has an unknown dtype")
                }
                elementType = type
            case "shape" where shape == nil:
                shape = try scanner.integers(atMost: scanner.limits.maximumRank)
            case "data_offsets" where offsets == nil:
                offsets = try scanner.integers(atMost: 2)
            default: throw scanner.malformed("unexpected key in tensor '\(name)'")
            }
        }
        guard let elementType, let shape, let offsets, offsets.count == 2 else {
            throw malformed("tensor '\(name)' lacks dtype, shape or data_offsets")
        }
        return try checked(name: name, elementType: elementType, shape: shape, offsets: offsets)
    }

    private func checked(
        name: String,
        elementType: ElementType,
        shape: [Int],
        offsets: [Int]
    ) throws(TensorError) -> SafetensorsHeader.Entry {
        var byteCount = elementType.byteCount
        for extent in shape {
            let (product, overflow) = byteCount.multipliedReportingOverflow(by: extent)
            guard !overflow, product <= limits.maximumDataBytes else {
                throw TensorError(.limitExceeded, "tensor '\(name)' is larger than the limit")
            }
            byteCount = product
        }
        guard offsets[0] <= offsets[1], offsets[1] - offsets[0] == byteCount else {
            throw TensorError(
                .layout,
                "tensor '\(name)' needs \(byteCount) bytes, its offsets say otherwise"
            )
        }
        return SafetensorsHeader.Entry(
            name: name,
            elementType: elementType,
            shape: shape,
            byteRange: offsets[0]..<offsets[1]
        )
    }

    // MARK: Grammar

    private mutating func object(
        _ member: (inout SafetensorsHeaderScanner, String) throws(TensorError) -> Void
    ) throws(TensorError) {
        try expect(UInt8(ascii: "{"))
        skipSpace()
        if accept(UInt8(ascii: "}")) { return }
        repeat {
            skipSpace()
            let key = try string()
            skipSpace()
            try expect(UInt8(ascii: ":"))
            skipSpace()
            try member(&self, key)
            skipSpace()
        } while accept(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"))
    }

    private mutating func integers(atMost limit: Int) throws(TensorError) -> [Int] {
        var result: [Int] = []
        try expect(UInt8(ascii: "["))
        skipSpace()
        if accept(UInt8(ascii: "]")) { return result }
        repeat {
            guard result.count < limit else {
                throw TensorError(.limitExceeded, "an array of the header is too long")
            }
            skipSpace()
            result.append(try integer())
            skipSpace()
        } while accept(UInt8(ascii: ","))
        try expect(UInt8(ascii: "]"))
        return result
    }

    private mutating func integer() throws(TensorError) -> Int {
        let start = position
        var value = 0
        while position < bytes.count, case let digit = bytes[position], digit >= 48, digit <= 57 {
            guard position - start < 18 else { throw malformed("number too long") }
            value = value * 10 + Int(digit - 48)
            position += 1
        }
        guard position > start, position - start == 1 || bytes[start] != 48 else {
            throw malformed("expected a plain non-negative integer")
        }
        return value
    }

    private mutating func string() throws(TensorError) -> String {
        try expect(UInt8(ascii: "\""))
        var result: [UInt8] = []
        while true {
            let byte = try take()
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: result, as: UTF8.self) else {
                    throw malformed("a string is not UTF-8")
                }
                return text
            case UInt8(ascii: "\\"): result += try escape()
            case 0..<0x20: throw malformed("control character in a string")
            default: result.append(byte)
            }
            guard result.count <= limits.maximumStringBytes else {
                throw TensorError(.limitExceeded, "a string of the header is too long")
            }
        }
    }

    private mutating func escape() throws(TensorError) -> [UInt8] {
        switch try take() {
        case UInt8(ascii: "\""): return [UInt8(ascii: "\"")]
        case UInt8(ascii: "\\"): return [UInt8(ascii: "\\")]
        case UInt8(ascii: "/"): return [UInt8(ascii: "/")]
        case UInt8(ascii: "b"): return [8]
        case UInt8(ascii: "f"): return [12]
        case UInt8(ascii: "n"): return [10]
        case UInt8(ascii: "r"): return [13]
        case UInt8(ascii: "t"): return [9]
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw malformed("unknown escape in a string")
        }
    }

    private mutating func unicodeEscape() throws(TensorError) -> [UInt8] {
        var units = [try hexadecimal()]
        if units[0] & 0xfc00 == 0xd800 {
            try expect(UInt8(ascii: "\\"))
            try expect(UInt8(ascii: "u"))
            units.append(try hexadecimal())
        }
        guard let text = String(validating: units, as: UTF16.self) else {
            throw malformed("lone surrogate in a string")
        }
        return Array(text.utf8)
    }

    private mutating func hexadecimal() throws(TensorError) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            let byte = try take()
            guard byte < 0x80, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw malformed("expected four hexadecimal digits")
            }
            value = value << 4 | UInt16(digit)
        }
        return value
    }

    private mutating func skipSpace() {
        while position < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[position]) {
            position += 1
        }
    }

    private mutating func accept(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ byte: UInt8) throws(TensorError) {
        guard accept(byte) else {
            throw malformed("expected '\(Character(Unicode.Scalar(byte)))'")
        }
    }

    private mutating func take() throws(TensorError) -> UInt8 {
        guard position < bytes.count else { throw malformed("the text ends early") }
        position += 1
        return bytes[position - 1]
    }

    private func malformed(_ what: String) -> TensorError {
        TensorError(.malformedHeader, "\(what) at byte \(8 + position) of the file")
    }
}
