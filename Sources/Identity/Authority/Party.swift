/// Who a certificate speaks for: the coordinator of a federation, one of its sites, or a person.
package struct Party: Sendable, Hashable, CustomStringConvertible {
    /// What a person may be certified as (Protocol.md section 5.13).
    package enum PersonRole: String, Sendable, Hashable, Codable, CaseIterable {
        case `operator`
        case researcher
        case auditor
    }

    /// The roles that certificates are issued for.
    package enum Role: Sendable, Hashable {
        case coordinator
        case site(String)
        case person(PersonRole, String)
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

    /// Reads the URI form, such as `fed://<federation>/site/<site id>`.
    package init?(uri: String) {
        let prefix = "fed://"
        guard uri.hasPrefix(prefix) else { return nil }
        let parts = uri.dropFirst(prefix.count).split(
            separator: "/",
            omittingEmptySubsequences: false
        ).map(String.init)
        guard let federation = parts.first, Self.isName(federation),
            let role = Role(path: Array(parts.dropFirst()))
        else { return nil }
        self.init(federation: federation, role: role)
    }

    /// The URI form carried as subject alternative name (Protocol.md section 3).
    package var uri: String {
        switch role {
        case .coordinator: "fed://\(federation)/coordinator"
        case .site(let id): "fed://\(federation)/site/\(id)"
        case .person(let role, let id): "fed://\(federation)/\(role.rawValue)/\(id)"
        }
    }

    /// The id within the role; of the coordinator `coordinator`.
    package var id: String {
        switch role {
        case .coordinator: "coordinator"
        case .site(let id), .person(_, let id): id
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

extension Party.Role {
    /// Reads the parts of the URI's path.
    fileprivate init?(path: [String]) {
        if path == ["coordinator"] {
            self = .coordinator
            return
        }
        guard path.count == 2, Party.isName(path[1]) else { return nil }
        if path[0] == "site" {
            self = .site(path[1])
        } else if let role = Party.PersonRole(rawValue: path[0]) {
            self = .person(role, path[1])
        } else {
            return nil
        }
    }
}
