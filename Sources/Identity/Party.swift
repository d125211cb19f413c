/// Who a certificate speaks for: the coordinator of a federation, or one of its sites.
package struct Party: Sendable, Hashable, CustomStringConvertible {
    /// The two roles that certificates are issued for.
    package enum Role: Sendable, Hashable {
        case coordinator
        case site(String)
    }

    /// The federation's name, which is also the authority part of the URI.
    package let federation: String
    /// The role within the federation.
    package let role: Role

    /// Names a party.
    package init(federation: String, role: Role) {
        self.federation = federation
        self.role = role
    }

    /// Reads the URI form, `fed://<federation>/coordinator` or `fed://<federation>/site/<site id>`.
    package init?(uri: String) {
        let prefix = "fed://"
        guard uri.hasPrefix(prefix) else { return nil }
        let parts = uri.dropFirst(prefix.count).split(
            separator: "/",
            omittingEmptySubsequences: false
        )
        guard let federation = parts.first.map(String.init), Self.isName(federation) else {
            return nil
        }
        let path = parts.dropFirst().map(String.init)
        if path == ["coordinator"] {
            self.init(federation: federation, role: .coordinator)
        } else if path.count == 2, path[0] == "site", Self.isName(path[1]) {
            self.init(federation: federation, role: .site(path[1]))
        } else {
            return nil
        }
    }

    /// The URI form carried as subject alternative name (Protocol.md section 3).
    package var uri: String {
        switch role {
        case .coordinator: "fed://\(federation)/coordinator"
        case .site(let id): "fed://\(federation)/site/\(id)"
        }
    }

    /// The URI form.
    package var description: String { uri }

    /// Whether a text may be a federation's name or a site id: 1–63 of `a-z 0-9 -`, no `-` at the ends.
    package static func isName(_ text: String) -> Bool {
        let allowed = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"):
                true
            default: false
            }
        }
        return allowed && (1...63).contains(text.utf8.count) && !text.hasPrefix("-")
            && !text.hasSuffix("-")
    }
}
