package import CanonicalJSON

extension Comparison {
    /// Reads `comparison.json`; throws for another schema before anything else.
    package init(parsing bytes: [UInt8]) throws {
        let tree = try JSONValue(parsing: bytes)
        guard tree["schema"]?.stringValue == Self.schema else {
            throw EvaluationError(
                .unsupportedSchema,
                "this is not a \(Self.schema) file; use the version of the program that wrote it"
            )
        }
        self = try CanonicalDecoder().decode(Comparison.self, from: tree)
    }

    /// The bytes of `comparison.json`: canonical JSON, one line and a newline.
    package func encoded() throws(JSONError) -> [UInt8] {
        try CanonicalEncoder().encode(self) + [UInt8(ascii: "\n")]
    }
}
