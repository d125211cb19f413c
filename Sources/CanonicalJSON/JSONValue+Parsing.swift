extension JSONValue {
    /// Reads one JSON document strictly (RFC 8259; duplicate keys and unsafe integers refused).
    ///
    /// Keys that differ only in Unicode normalization count as duplicates.
    package init(parsing bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) {
        var parser = JSONParser(bytes, limits: limits)
        self = try parser.document()
    }

    /// Reads one document and refuses it unless its bytes are the RFC 8785 form.
    package init(parsingCanonical bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError)
    {
        try self.init(parsing: bytes, limits: limits)
        let canonical = canonicalBytes
        guard canonical == bytes else {
            let same = zip(canonical, bytes).prefix { $0 == $1 }.count
            throw JSONError(.notCanonical, offset: same)
        }
    }
}
