import DICOM

/// The form and range of numbers that may stay.
enum NumericValue {
    /// The largest number that stays where no geometry needs more; longer ones could be identifiers.
    static let maximum = 99_999.0

    /// Whether the text is a number of type DS or IS within the range.
    static func isValid(_ text: String, vr: VR, for tag: Tag? = nil) -> Bool {
        let isInteger = vr == .is
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, bytes.count <= (isInteger ? 12 : 16) else { return false }
        let allowed: (UInt8) -> Bool = { byte in
            switch byte {
            case 0x30...0x39, 0x2B, 0x2D: true
            case 0x2E, 0x45, 0x65: !isInteger
            default: false
            }
        }
        guard bytes.allSatisfy(allowed), let number = Double(text) else { return false }
        if let tag, smallUnits.contains(tag) { return isRounded(number) }
        return isInRange(number, for: tag)
    }

    /// A decimal string of at most 16 characters, the limit of DS (PS3.5 section 6.2): programs write
    /// all digits of a binary number, and the ones beyond measure nothing.
    static func withinLimit(_ text: String) -> String {
        guard (17...32).contains(text.utf8.count), let number = Double(text), number.isFinite,
            abs(number) <= maximum
        else { return text }
        var scale = 1e10
        while scale >= 1 {
            let rounded = "\((number * scale).rounded() / scale)"
            if rounded.utf8.count <= 16 { return rounded }
            scale /= 10
        }
        return text
    }

    private static func isInRange(_ number: Double, for tag: Tag?) -> Bool {
        guard number.isFinite, abs(number) <= maximum else { return false }
        return tag.flatMap { PlausibleRange.of[$0] }?.contains(number) ?? true
    }

    /// Attributes in microseconds, microamperes and microampere seconds, which have more digits.
    private static let smallUnits: Set<Tag> = [
        Tag(0x0018, 0x1150), Tag(0x0018, 0x1151), Tag(0x0018, 0x1152), Tag(0x0018, 0x1153),
        Tag(0x0018, 0x8150), Tag(0x0018, 0x8151),
    ]

    /// Whether a number of the tube is in range and, above the usual maximum, of whole hundreds,
    /// as settings are and record numbers hardly ever.
    private static func isRounded(_ number: Double) -> Bool {
        number.isFinite && number >= 0 && number <= 9_999_900
            && (number <= maximum || number.truncatingRemainder(dividingBy: 100) == 0)
    }

    /// The digits before and after the decimal point, each without zeros at its outer end: what a
    /// record number looks like when it is written where a measure belongs.
    static func digitRuns(_ text: String) -> [String] {
        text.split { !$0.isNumber }.map { run in
            String(run.drop { $0 == "0" })
        }
    }

    /// Whether the bytes read as a text of four characters and more, of one or of two bytes each:
    /// such numbers are hardly ever measured, and names fit into them.
    private static func isText(_ bytes: [UInt8], unit: Int) -> Bool {
        let trimmed = bytes[..<((bytes.lastIndex { $0 != 0 && $0 != 0x20 } ?? -1) + 1)]
        let isPrintable = { (byte: UInt8) in (0x20...0x7E).contains(byte) }
        if trimmed.count >= 4, trimmed.allSatisfy(isPrintable) { return true }
        guard unit == 2, bytes.count >= 8 else { return false }
        let low = stride(from: 0, to: bytes.count, by: 2).map { bytes[$0] }
        let high = stride(from: 1, to: bytes.count, by: 2).map { bytes[$0] }
        return low.allSatisfy(isPrintable) && high.allSatisfy { $0 == 0 }
            || high.allSatisfy(isPrintable) && low.allSatisfy { $0 == 0 }
    }

    /// The number of binary values if their bytes are whole and in range; nil otherwise.
    static func binaryCount(_ element: DataElement, vr: VR) -> Int? {
        guard let bytes = element.bytes, bytes.count.isMultiple(of: vr.swapUnit) else { return nil }
        let copy = DataSet([DataElement(tag: element.tag, vr: vr, value: .bytes(bytes))])
        let values = copy.doubles(element.tag)
        guard values.count == bytes.count / vr.swapUnit,
            values.allSatisfy({ isInRange($0, for: element.tag) }),
            values.allSatisfy({ isRound($0, vr: vr) }) || !isText(bytes, unit: vr.swapUnit)
        else { return nil }
        return values.count
    }

    /// Binary values as the shortest decimal numbers that they are.
    static func texts(of element: DataElement, vr: VR) -> [String] {
        let copy = DataSet([DataElement(tag: element.tag, vr: vr, value: element.value)])
        return copy.doubles(element.tag).map { vr == .fl ? "\(Float($0))" : "\($0)" }
    }

    /// Whether a floating-point number has few decimals, as measures do: 19.2 happens to be
    /// printable bytes, and no text of that length is a number of five digits.
    private static func isRound(_ number: Double, vr: VR) -> Bool {
        guard vr == .fd || vr == .fl else { return false }
        let text = vr == .fl ? "\(Float(number))" : "\(number)"
        return !text.contains("e") && text.count { $0.isNumber } <= 6
    }
}
