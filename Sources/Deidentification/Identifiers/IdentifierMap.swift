import Crypto
import DICOM

/// The keyed, stateless replacement of identifiers: the same in every run with the same key.
package struct IdentifierMap: Sendable {
    private let key: DeidentificationKey

    /// Makes the map of a key.
    package init(key: DeidentificationKey) {
        self.key = key
    }

    /// The image of a unique identifier; those listed in PS3.6 stay as they are.
    ///
    /// `2.25.` and the first 128 bits of HMAC-SHA-256 as a decimal number (PS3.5 section B.2).
    package func uid(_ old: String) -> String {
        if StandardUID.name(of: old) != nil { return old }
        let code = authenticationCode(["uid", old], key: key.uidKey)
        let number = code.prefix(16).reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        return "2.25.\(number)"
    }

    /// The pseudonym of a patient: `P` and 16 of 28 characters without vowels (77 bits).
    ///
    /// Without vowels and the digits 0 and 1 it cannot spell a name or be read as a number.
    package func pseudonym(patientID: String, issuer: String) -> String {
        let code = authenticationCode(["patient", issuer, patientID], key: key.patientKey)
        return "P" + Self.characters(of: code, count: 16)
    }

    /// The stand-in of a serial number or a station's name: `D` and 10 of 28 characters (48 bits).
    ///
    /// Tells one scanner from another, the same in every study, and not which hospital has it.
    package func device(_ name: String) -> String {
        let code = authenticationCode(["device", name], key: key.deviceKey)
        return "D" + Self.characters(of: code, count: 10)
    }

    private static func characters(of code: [UInt8], count: Int) -> String {
        var number = code.prefix(16).reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        var characters: [UInt8] = []
        for _ in 0..<count {
            let (quotient, remainder) = number.quotientAndRemainder(
                dividingBy: UInt128(alphabet.count)
            )
            characters.append(alphabet[Int(remainder)])
            number = quotient
        }
        return String(decoding: characters, as: UTF8.self)
    }

    /// The days by which every date of a patient moves: -3650 to -30.
    package func dateShiftDays(patientID: String, issuer: String) -> Int {
        let code = authenticationCode(["date", issuer, patientID], key: key.dateKey)
        let number = code.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return -(30 + Int(number % 3621))
    }

    /// The keyed digest of a file's bytes or of a path, in hexadecimal: the same for the same bytes,
    /// and nothing to who lacks the key.
    package func digest(_ bytes: [UInt8], purpose: String) -> String {
        var code = HMAC<SHA256>(key: key.fileKey)
        code.update(data: Array((purpose + "\n").utf8))
        code.update(data: bytes)
        return Hexadecimal.text(code.finalize())
    }

    private static let alphabet = Array("BCDFGHJKLMNPQRSTVWXZ23456789".utf8)

    /// HMAC-SHA-256 over the parts, each preceded by its length so that no two lists collide.
    private func authenticationCode(_ parts: [String], key: SymmetricKey) -> [UInt8] {
        var message: [UInt8] = []
        for part in parts {
            let bytes = Array(part.utf8)
            let count = UInt32(truncatingIfNeeded: bytes.count)
            message += (0..<4).map { UInt8(truncatingIfNeeded: count >> (24 - 8 * $0)) }
            message += bytes
        }
        return Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
    }
}
