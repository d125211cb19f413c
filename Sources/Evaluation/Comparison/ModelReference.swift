/// The model a comparison is about.
package struct ModelReference: Sendable, Hashable, Codable {
    /// The SHA-256 of its safetensors file, 64 hexadecimal digits.
    package var sha256: String
    /// The number of parameters; nil when not recorded.
    package var parameters: Int?
    /// The size of the file in bytes; nil when not recorded.
    package var bytes: Int?

    /// Makes a reference.
    package init(sha256: String, parameters: Int? = nil, bytes: Int? = nil) {
        self.sha256 = sha256
        self.parameters = parameters
        self.bytes = bytes
    }
}
