/// Why a profile or a key cannot be used.
///
/// What is wrong with one file is a ``QuarantineReason`` instead.
package struct DeidentificationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of failure; the raw value is stable.
    package enum Code: String, Sendable, Hashable, Codable {
        /// Two options of the profile exclude each other.
        case conflictingOptions = "conflicting-options"
        /// The profile names an option that does not exist.
        case unknownOption = "unknown-option"
        /// The name of the profile has characters that a header may not carry.
        case invalidName = "invalid-name"
        /// The key does not have 32 bytes.
        case invalidKey = "invalid-key"
    }

    /// The kind of failure.
    package let code: Code

    /// What happened and what to do.
    package let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { "\(code.rawValue): \(message)" }
}
