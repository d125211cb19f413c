/// Where a person signs in, and with which nonce (Protocol.md section 5.16).
package struct SignInOffer: Sendable, Hashable, Codable {
    /// The identity provider's issuer identifier.
    package let issuer: String
    /// The id under which it knows this federation.
    package let clientID: String
    /// Where the browser goes.
    package let authorizationEndpoint: String
    /// Where the code is exchanged.
    package let tokenEndpoint: String
    /// What the ID token has to carry, 80 hexadecimal digits, once and within ten minutes.
    package let nonce: String

    /// Makes an offer.
    package init(
        issuer: String,
        clientID: String,
        authorizationEndpoint: String,
        tokenEndpoint: String,
        nonce: String
    ) {
        self.issuer = issuer
        self.clientID = clientID
        self.authorizationEndpoint = authorizationEndpoint
        self.tokenEndpoint = tokenEndpoint
        self.nonce = nonce
    }
}

/// The provider's word for who signs in.
package struct SignIn: Sendable, Hashable, Codable {
    /// The ID token (OpenID Connect Core 1.0 section 2), in compact form.
    package let idToken: String

    /// Makes a message.
    package init(idToken: String) { self.idToken = idToken }
}

/// What a person carries from then on.
package struct Session: Sendable, Hashable, Codable {
    /// The bearer token, 64 hexadecimal digits.
    package let token: String
    /// Whom it stands for, as a certificate would name them.
    package let party: String
    /// After how many seconds without a request it ends.
    package let idleSeconds: Int
    /// When it ends at the latest, milliseconds since 1970.
    package let notValidAfterMilliseconds: Int64

    /// Makes an answer.
    package init(
        token: String,
        party: String,
        idleSeconds: Int,
        notValidAfterMilliseconds: Int64
    ) {
        self.token = token
        self.party = party
        self.idleSeconds = idleSeconds
        self.notValidAfterMilliseconds = notValidAfterMilliseconds
    }
}
