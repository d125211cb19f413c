import DICOM

/// The code of a coding scheme that everybody shares, checked to be one.
///
/// Local schemes are dropped: their codes and meanings may say anything.
enum CodedConcept {
    /// Whether `value` has the form of a code of the scheme.
    static func isStandard(_ value: String, scheme: String) -> Bool {
        let bytes = Array(value.utf8)
        switch scheme {
        // The codes of PS3.16 Annex D, and the concepts of SNOMED CT, whose last digits say so.
        case "DCM":
            return bytes.count == 6 && bytes.allSatisfy(isDigit)
                && (109_000...139_999).contains(Int(value) ?? 0)
        case "SCT":
            return (6...18).contains(bytes.count) && hasVerhoeffDigit(bytes)
                && ["00", "10"].contains(value.dropLast().suffix(2))
        case "SRT", "SNM3", "99SDM":
            return bytes.count == 7 && isLetter(bytes[0]) && bytes[1] == 0x2D
                && bytes.dropFirst(2).allSatisfy(isHexadecimal)
        case "RADLEX":
            return value.hasPrefix("RID") && (1...6).contains(bytes.count - 3)
                && bytes.dropFirst(3).allSatisfy(isDigit)
        case "UCUM": return units.contains(value)
        default: return false
        }
    }

    private static let units: Set<String> = [
        "1", "mm", "cm", "ml", "mL", "s", "ms", "min", "kV", "mA", "mA.s", "uA.s", "keV", "mGy",
        "mGy.cm", "mGycm", "[hnsf'U]", "hnsf'U", "%", "deg", "mg/ml", "mg/mL", "ml/s", "mL/s",
    ]

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x41...0x46).contains(byte)
    }

    /// Whether the last digit is the Verhoeff check digit of a SNOMED CT identifier.
    ///
    /// SNOMED International, Release File Specifications, 5.5 "Check-digit".
    static func hasVerhoeffDigit(_ digits: [UInt8]) -> Bool {
        guard digits.allSatisfy(isDigit), digits.first != 0x30 else { return false }
        var check = 0
        for (position, digit) in digits.reversed().enumerated() {
            check = product(check, permuted(Int(digit - 0x30), times: position % 8))
        }
        return check == 0
    }

    /// The product in the dihedral group of order ten.
    private static func product(_ left: Int, _ right: Int) -> Int {
        switch (left < 5, right < 5) {
        case (true, true): (left + right) % 5
        case (true, false): (left + right - 5) % 5 + 5
        case (false, true): (left - 5 - right + 5) % 5 + 5
        case (false, false): (left - right + 5) % 5
        }
    }

    private static func permuted(_ digit: Int, times: Int) -> Int {
        (0..<times).reduce(digit) { value, _ in permutation[value] }
    }

    private static let permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
}
