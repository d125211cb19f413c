/// The reading of numbers from the bytes of an element.
enum NumericValues {
    /// The values as whole numbers; nil if the element does not hold only whole numbers.
    static func ints(of element: DataElement) -> [Int]? {
        guard let bytes = element.bytes, !bytes.isEmpty else { return nil }
        switch element.interpretedVR {
        case .is, .ds: return texts(bytes, parseInt)
        case .us, .ow: return integers(bytes, UInt16.self)
        case .ss: return integers(bytes, Int16.self)
        case .ul, .ol: return integers(bytes, UInt32.self)
        case .sl: return integers(bytes, Int32.self)
        case .uv, .ov: return integers(bytes, UInt64.self)
        case .sv: return integers(bytes, Int64.self)
        case .ob: return bytes.map(Int.init)
        default: return nil
        }
    }

    /// The values as floating-point numbers; nil if the element does not hold only finite numbers.
    static func doubles(of element: DataElement) -> [Double]? {
        guard let bytes = element.bytes, !bytes.isEmpty else { return nil }
        let values: [Double]?
        switch element.interpretedVR {
        case .is, .ds: values = texts(bytes, parseDouble)
        case .fl, .of:
            values = patterns(bytes, UInt32.self)?.map { Double(Float(bitPattern: $0)) }
        case .fd, .od: values = patterns(bytes, UInt64.self)?.map { Double(bitPattern: $0) }
        default: values = ints(of: element)?.map(Double.init)
        }
        guard let values, values.allSatisfy(\.isFinite) else { return nil }
        return values
    }

    /// Little-endian numbers of one width; nil if the bytes are not a whole number of them.
    static func patterns<Number: FixedWidthInteger>(
        _ bytes: [UInt8],
        _: Number.Type
    ) -> [Number]? {
        let width = Number.bitWidth / 8
        guard bytes.count.isMultiple(of: width) else { return nil }
        return stride(from: 0, to: bytes.count, by: width).map { start in
            var number: Number = 0
            for index in (start..<start + width).reversed() {
                number = number << 8 | Number(truncatingIfNeeded: bytes[index])
            }
            return number
        }
    }

    private static func integers<Number: FixedWidthInteger>(
        _ bytes: [UInt8],
        _: Number.Type
    ) -> [Int]? {
        guard let numbers = patterns(bytes, Number.self) else { return nil }
        let values = numbers.compactMap { Int(exactly: $0) }
        return values.count == numbers.count ? values : nil
    }

    private static func texts<Number>(_ bytes: [UInt8], _ parse: (String) -> Number?) -> [Number]? {
        var numbers: [Number] = []
        for part in bytes.split(separator: 0x5C, omittingEmptySubsequences: false) {
            let text = String(decoding: part, as: UTF8.self).trimmingASCIIPadding()
            guard let number = parse(text) else { return nil }
            numbers.append(number)
        }
        return numbers
    }

    /// A whole number; a decimal point is accepted if only zeros follow, as scanners write it.
    private static func parseInt(_ text: String) -> Int? {
        if let number = Int(text) { return number }
        return parseDouble(text).flatMap { Int(exactly: $0) }
    }

    /// A decimal number; hexadecimal and the words for infinity, which `Double` takes, are refused.
    private static func parseDouble(_ text: String) -> Double? {
        let isDecimal = text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "e"), UInt8(ascii: "E"):
                true
            default: false
            }
        }
        return isDecimal ? Double(text) : nil
    }
}
