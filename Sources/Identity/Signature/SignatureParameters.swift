/// The one member of a `Signature-Input` field: the covered components and the parameters (RFC 9421 section 2.3).
package struct SignatureParameters: Sendable, Hashable {
    /// The label of the one signature.
    package static let label = "fed"
    /// The only algorithm.
    package static let algorithm = "ecdsa-p256-sha256"
    static let components = ["@method", "@path", "@query", "content-digest"]

    /// The covered components, in the order of the signature base.
    let components: [String]
    /// When the request was signed, seconds since 1970.
    package let created: Int64
    /// The fingerprint of the certificate whose key signs.
    package let keyID: String
    /// The coordinator's boot id and 32 random hexadecimal digits.
    package let nonce: SignatureNonce
    /// The text after `fed=`, exactly as it stands in the field and in the signature base.
    package let text: String

    /// Parameters of a new signature.
    package init(created: Int64, keyID: String, nonce: SignatureNonce) {
        components = Self.components
        self.created = created
        self.keyID = keyID
        self.nonce = nonce
        let covered = Self.components.map { "\"\($0)\"" }.joined(separator: " ")
        text =
            "(\(covered));created=\(created);keyid=\"\(keyID)\";nonce=\"\(nonce)\""
            + ";alg=\"\(Self.algorithm)\""
    }

    /// Reads the value of a `Signature-Input` field; nil unless it is one signature of this protocol.
    package init?(field: String) {
        let prefix = "\(Self.label)="
        guard field.utf8.count <= 1024, field.hasPrefix(prefix) else { return nil }
        let text = field.dropFirst(prefix.count)
        guard text.first == "(", let close = text.firstIndex(of: ")") else { return nil }
        let covered = text[text.index(after: text.startIndex)..<close].split(separator: " ")
            .map { $0.dropFirst().dropLast() }.map(String.init)
        let canonical = covered.map { "\"\($0)\"" }.joined(separator: " ")
        guard Set(covered) == Set(Self.components), covered.count == Self.components.count,
            text[...close] == "(\(canonical))"
        else { return nil }
        guard let values = Self.values(text[text.index(after: close)...]),
            let created = values["created"].flatMap({ Int64($0) }), created >= 0,
            let keyID = Self.string(values["keyid"]), Hexadecimal.isText(keyID, count: 64),
            let nonce = Self.string(values["nonce"]).flatMap(SignatureNonce.init(text:)),
            Self.string(values["alg"]) == Self.algorithm
        else { return nil }
        components = covered
        self.created = created
        self.keyID = keyID
        self.nonce = nonce
        self.text = String(text)
    }

    /// The parameters by name; nil unless they are exactly the four.
    private static func values(_ text: Substring) -> [String: String]? {
        var values: [String: String] = [:]
        let parts = text.split(separator: ";", omittingEmptySubsequences: false)
        guard parts.first == "" else { return nil }
        for part in parts.dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, values[String(pair[0])] == nil else { return nil }
            values[String(pair[0])] = String(pair[1])
        }
        return Set(values.keys) == ["created", "keyid", "nonce", "alg"] ? values : nil
    }

    private static func string(_ value: String?) -> String? {
        guard let value, value.count >= 2, value.hasPrefix("\""), value.hasSuffix("\"") else {
            return nil
        }
        return String(value.dropFirst().dropLast())
    }

    /// The signature base of RFC 9421 section 2.5.
    func base(of request: SignedRequest) -> [UInt8] {
        var lines = components.map { "\"\($0)\": \(request.value(of: $0) ?? "")" }
        lines.append("\"@signature-params\": \(text)")
        return Array(lines.joined(separator: "\n").utf8)
    }
}
