import Foundation

/// The writing of numbers into the bytes of an element.
enum NumericEncoding {
    /// The bytes of whole numbers; nil if one does not fit the representation.
    static func bytes(of values: [Int], vr: VR) -> [UInt8]? {
        switch vr {
        case .is:
            guard values.allSatisfy({ Int32(exactly: $0) != nil }) else { return nil }
            return joined(values.map(String.init))
        case .us, .ow: return binary(values, UInt16.self)
        case .ss: return binary(values, Int16.self)
        case .ul, .ol: return binary(values, UInt32.self)
        case .sl: return binary(values, Int32.self)
        case .uv, .ov: return binary(values, UInt64.self)
        case .sv: return binary(values, Int64.self)
        case .ob: return binary(values, UInt8.self)
        case .ds, .fd, .fl, .od, .of:
            let numbers = values.compactMap { Double(exactly: $0) }
            return numbers.count == values.count ? bytes(of: numbers, vr: vr) : nil
        default: return nil
        }
    }

    /// The bytes of floating-point numbers; nil if one is not finite or does not fit.
    static func bytes(of values: [Double], vr: VR) -> [UInt8]? {
        guard values.allSatisfy(\.isFinite) else { return nil }
        switch vr {
        case .ds: return joined(values.map(decimalString))
        case .fd, .od: return values.flatMap { littleEndian($0.bitPattern) }
        case .fl, .of:
            let floats = values.map { Float($0) }
            guard floats.allSatisfy(\.isFinite) else { return nil }
            return floats.flatMap { littleEndian($0.bitPattern) }
        default:
            let whole = values.compactMap { Int(exactly: $0) }
            return whole.count == values.count ? bytes(of: whole, vr: vr) : nil
        }
    }

    /// The bytes of a number, lowest first.
    static func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
        (0..<number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }

    /// A decimal string of at most 16 characters, as precise as they allow (PS3.5 section 6.2).
    static func decimalString(_ value: Double) -> String {
        if let whole = Int(exactly: value), String(whole).count <= 16 { return String(whole) }
        let shortest = String(value)
        if shortest.count <= 16 { return shortest }
        var digits = 16
        while true {
            let text = String(format: "%.\(digits)g", value)
            if text.count <= 16 { return text }
            digits -= 1
        }
    }

    private static func joined(_ texts: [String]) -> [UInt8] {
        Array(texts.joined(separator: "\\").utf8)
    }

    private static func binary<Number: FixedWidthInteger>(
        _ values: [Int],
        _: Number.Type
    ) -> [UInt8]? {
        let numbers = values.compactMap { Number(exactly: $0) }
        return numbers.count == values.count ? numbers.flatMap { littleEndian($0) } : nil
    }
}
