/// What a signature of a request covers (Protocol.md section 3.2).
package struct SignedRequest: Sendable, Hashable {
    /// The method, in upper case.
    package let method: String
    /// The path as it stands in the request, without the query.
    package let path: String
    /// The query with its question mark; `?` if there is none (RFC 9421 section 2.2.7).
    package let query: String
    /// The value of the field `Content-Digest`.
    package let contentDigest: String

    /// Splits a request target.
    package init(method: String, target: String, contentDigest: String) {
        self.method = method
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = String(parts[0])
        query = "?" + (parts.count > 1 ? parts[1] : "")
        self.contentDigest = contentDigest
    }

    /// The value of a component; nil for one that is not covered in this protocol.
    func value(of component: String) -> String? {
        switch component {
        case "@method": method
        case "@path": path
        case "@query": query
        case "content-digest": contentDigest
        default: nil
        }
    }
}
