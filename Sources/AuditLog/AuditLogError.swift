/// Why an audit record cannot be written or read; names the field, never its value.
package struct AuditLogError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of failure, stable across versions.
    package enum Code: String, Sendable, Hashable {
        case invalidField = "invalid-field"
        case notCanonical = "not-canonical"
        case unknownAct = "unknown-act"
        case unknownVersion = "unknown-version"
        case fileAccess = "file-access"
        /// A secret's file can be read by others than its owner.
        case openToOthers = "open-to-others"
        case noBundle = "no-bundle"
        case noTrust = "no-trust"
    }

    /// The kind of failure.
    package let code: Code
    /// The field of the record, as `actor.id`; empty for the record as a whole.
    package let field: String

    /// An error about a field.
    package init(_ code: Code, field: String = "") {
        self.code = code
        self.field = field
    }

    /// The code and the field.
    package var description: String {
        field.isEmpty
            ? "audit record: \(code.rawValue)" : "audit record: \(code.rawValue) in \(field)"
    }
}
