import Crypto
import Foundation

/// A text with signature lines below it (C2SP `signed-note`).
///
///     text, ending in a newline
///     (empty line)
///     — name base64(key id ‖ signature)
package struct SignedNote: Sendable, Hashable {
    /// A signature line.
    package struct Signature: Sendable, Hashable {
        /// The name of the key.
        package let name: String
        /// The first four bytes of the decoded line.
        package let keyID: [UInt8]
        /// The bytes after them.
        package let bytes: [UInt8]

        /// A line as it stands, without a check.
        package init(name: String, keyID: [UInt8], bytes: [UInt8]) {
            self.name = name
            self.keyID = keyID
            self.bytes = bytes
        }

        /// The line with its newline.
        package var line: String {
            "\u{2014} \(name) \(Data(keyID + bytes).base64EncodedString())\n"
        }
    }

    /// The longest note that is read.
    package static let lengthMaxBytes = 64 << 10

    /// The text with its last newline.
    package let text: String
    /// The signatures in the order of the lines.
    package private(set) var signatures: [Signature]

    /// A note without signatures; the text ends in a newline.
    package init(text: String) {
        precondition(text.hasSuffix("\n"), "the text of a note ends in a newline")
        self.text = text
        signatures = []
    }

    /// Reads a note; throws `notCanonical` unless it is exactly of this form.
    package init(parsing bytes: [UInt8]) throws(AuditLogError) {
        guard bytes.count <= Self.lengthMaxBytes,
            let note = String(validating: bytes, as: UTF8.self),
            note.unicodeScalars.allSatisfy({ $0.value >= 32 || $0 == "\n" }),
            let border = note.range(of: "\n\n", options: .backwards)
        else { throw AuditLogError(.notCanonical, field: "note") }
        text = String(note[..<border.lowerBound]) + "\n"
        let lines = note[border.upperBound...]
        guard lines.hasSuffix("\n") else { throw AuditLogError(.notCanonical, field: "note") }
        signatures = []
        for line in lines.dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
            signatures.append(try Self.signature(line))
        }
        guard encoded == bytes else { throw AuditLogError(.notCanonical, field: "note") }
    }

    private static func signature(_ line: Substring) throws(AuditLogError) -> Signature {
        let parts = line.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "\u{2014}", !parts[1].isEmpty,
            let bytes = Data(base64Encoded: String(parts[2])), bytes.count > 4
        else { throw AuditLogError(.notCanonical, field: "note.signature") }
        return Signature(
            name: String(parts[1]),
            keyID: Array(bytes.prefix(4)),
            bytes: Array(bytes.dropFirst(4))
        )
    }

    /// The bytes of the note.
    package var encoded: [UInt8] {
        Array(string.utf8)
    }

    /// The note as text, as a message carries it.
    package var string: String { text + "\n" + signatures.map(\.line).joined() }

    /// The SHA-256 of the text: what a time stamp is of.
    package var textSHA256: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }

    /// Adds the signature of a log, once.
    package mutating func sign(with signer: NoteSigner) throws(AuditLogError) {
        precondition(signer.key.kind == .log, "a witness cosigns")
        add(try signer.signature(of: Array(text.utf8)), by: signer.key)
    }

    /// Adds the cosignature of a witness at a time in seconds since 1970, in place of an older one.
    package mutating func cosign(with signer: NoteSigner, at time: UInt64) throws(AuditLogError) {
        precondition(signer.key.kind == .witness, "a log signs")
        let stamp = (0..<8).map { UInt8(truncatingIfNeeded: time >> (56 - 8 * UInt64($0))) }
        add(stamp + (try signer.signature(of: cosigned(at: time))), by: signer.key)
    }

    /// Adds a signature line of another copy of this note.
    package mutating func add(_ signature: Signature) {
        signatures.removeAll { $0.name == signature.name && $0.keyID == signature.keyID }
        signatures.append(signature)
    }

    /// Whether the log's key signed the text.
    package func isSigned(by key: NoteKey) -> Bool {
        key.kind == .log
            && lines(of: key).contains { line in
                line.bytes.count == 64 && key.verifies(line.bytes, of: Array(text.utf8))
            }
    }

    /// When the witness cosigned the text, in seconds since 1970; nil if it did not.
    package func cosignatureTime(by key: NoteKey) -> UInt64? {
        guard key.kind == .witness else { return nil }
        for line in lines(of: key) where line.bytes.count == 72 {
            let time = line.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            if key.verifies(line.bytes.dropFirst(8), of: cosigned(at: time)) { return time }
        }
        return nil
    }

    /// Whether a line bears the name of a log's key, and another key's id.
    package func hasOtherSignature(of key: NoteKey) -> Bool {
        signatures.contains { $0.name == key.name && $0.keyID != key.id }
    }

    private func lines(of key: NoteKey) -> [Signature] {
        signatures.filter { $0.name == key.name && $0.keyID == key.id }
    }

    private mutating func add(_ bytes: [UInt8], by key: NoteKey) {
        add(Signature(name: key.name, keyID: key.id, bytes: bytes))
    }

    private func cosigned(at time: UInt64) -> [UInt8] {
        Array("cosignature/v1\ntime \(time)\n\(text)".utf8)
    }
}
