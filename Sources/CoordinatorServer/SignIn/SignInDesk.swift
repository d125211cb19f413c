package import CoordinatorStore
package import Foundation
import Identity
import WireProtocol

/// Signs people in on the word of the identity provider (Protocol.md section 5.16).
package struct SignInDesk: Sendable {
    private let federation: String
    private let provider: IdentityProvider
    private let keys: ProviderKeys
    private let store: CoordinatorStore
    private let approvalsRequired: Int
    private let sessions = PeopleSessions()
    private let nonces = SignInNonces()
    /// The coordinator's clock.
    package let now: @Sendable () -> Date

    /// Signs in those whom operators have tied to an account at the provider.
    package init(
        federation: String,
        provider: IdentityProvider,
        store: CoordinatorStore,
        approvalsRequired: Int,
        now: @escaping @Sendable () -> Date,
        fetch: @escaping ProviderKeys.Fetch
    ) {
        self.federation = federation
        self.provider = provider
        self.store = store
        self.approvalsRequired = approvalsRequired
        self.now = now
        keys = ProviderKeys(of: provider, now: now, fetch: fetch)
    }

    /// Says where to sign in, and with which nonce.
    func begin() async throws -> SignInOffer {
        let endpoints = try await keys.endpoints()
        return SignInOffer(
            issuer: provider.issuer,
            clientID: provider.clientID,
            authorizationEndpoint: endpoints.authorization,
            tokenEndpoint: endpoints.token,
            nonce: nonces.issue(at: now())
        )
    }

    /// Opens a session for the subject of an ID token; whatever is wrong with it gets the same answer.
    ///
    /// - Throws: ``CoordinatorError`` `sign-in-refused`, or `busy` while the provider's keys are out of reach.
    func open(_ message: SignIn) async throws -> Session {
        let token: IDToken
        do {
            let keys = try await keys.keys(for: IDToken.keyID(of: message.idToken))
            token = try await IDToken(
                verifying: message.idToken,
                of: provider,
                keys: keys,
                at: now()
            )
            guard nonces.redeem(token.nonce, at: now()) else { throw IDToken.Refusal.nonce }
        } catch let refusal as IDToken.Refusal {
            try await store.recordRefusedSignIn(reason: refusal.rawValue)
            throw CoordinatorError(.signInRefused, "the ID token: \(refusal.rawValue)")
        }
        let account = PersonAccount(issuer: provider.issuer, subject: token.subject)
        guard
            let holder = try await store.person(of: account, approvalsRequired: approvalsRequired)
        else {
            try await store.recordRefusedSignIn(reason: "no-person")
            throw CoordinatorError(.signInRefused, "no operator has tied the account to a person")
        }
        let session = sessions.begin(holder.id, at: now())
        try await store.recordSignIn(of: holder, isIn: true)
        return Session(
            token: session.token,
            party: Party(federation: federation, role: holder.role).uri,
            idleSeconds: Int(PeopleSessions.idleSeconds),
            notValidAfterMilliseconds: Int64(session.end.timeIntervalSince1970 * 1000)
        )
    }

    /// Ends a session.
    func close(_ token: String, of holder: CertificateHolder) async throws {
        sessions.end(token)
        try await store.recordSignIn(of: holder, isIn: false)
    }

    /// Who carries a token, as the register knows them now.
    ///
    /// - Throws: ``CoordinatorError`` `sign-in-required` without a live session, `site-not-active` for
    ///   somebody who was revoked, or whose account was.
    func holder(carrying token: String) async throws -> CertificateHolder {
        guard let person = sessions.person(carrying: token, at: now()) else {
            throw CoordinatorError(.signInRequired)
        }
        guard
            let holder = try await store.signedInPerson(
                person,
                issuer: provider.issuer,
                approvalsRequired: approvalsRequired
            )
        else {
            sessions.end(token)
            throw CoordinatorError(.siteNotActive, "\(person) is revoked")
        }
        return holder
    }
}
