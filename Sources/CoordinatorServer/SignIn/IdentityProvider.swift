import Foundation

/// The OpenID provider whose word the coordinator takes for who somebody is (`identityProvider` in `coordinator.yaml`).
package struct IdentityProvider: Sendable, Hashable, Codable {
    /// Its issuer identifier, an `https` URL, exactly as it stands in its tokens.
    package var issuer: String
    /// The id under which it knows this federation: the only audience that is accepted.
    package var clientID: String
    /// A file of certificates in PEM that its server must chain to; nil trusts what the system trusts.
    package var trust: String?
    /// The signature algorithms that are accepted, of those in ``IDToken/algorithms``; nil accepts all of these.
    package var algorithms: [String]?

    /// Makes settings.
    package init(
        issuer: String,
        clientID: String,
        trust: String? = nil,
        algorithms: [String]? = nil
    ) {
        self.issuer = issuer
        self.clientID = clientID
        self.trust = trust
        self.algorithms = algorithms
    }

    /// What is wrong with the settings, one sentence each.
    var problems: [String] {
        var problems: [String] = []
        if URL(string: issuer)?.scheme != "https" || issuer.hasSuffix("#") || issuer.contains("?") {
            problems.append("identityProvider.issuer: an https URL without query or fragment")
        }
        if clientID.isEmpty { problems.append("identityProvider.clientID: missing") }
        if let algorithms, algorithms.isEmpty || !Set(algorithms).isSubset(of: IDToken.algorithms) {
            let known = IDToken.algorithms.sorted().joined(separator: ", ")
            problems.append("identityProvider.algorithms: one or more of \(known)")
        }
        return problems
    }
}
