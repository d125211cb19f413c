package import CoordinatorStore
package import Federation
package import Foundation
package import Identity
import WireProtocol

extension FederationOperator {
    /// An application that waits, with the six words to compare.
    package struct Applicant: Sendable, Hashable, Codable {
        /// The application.
        package let application: ApplicationRow
        /// The six words.
        package let words: String
        /// How many more operators have to approve.
        package let approvalsMissing: Int
    }

    /// The applications that wait, by kind and id.
    package func applicants(at now: Date) async throws -> [Applicant] {
        let authority = try authority()
        return try await store.applications(at: now).map { row in
            let request = try CertificateRequest(pem: row.request)
            return Applicant(
                application: row,
                words: authority.words(of: request).description,
                approvalsMissing: max(0, approvalsRequired - row.approvedBy.count)
            )
        }
    }

    /// The application of one site or person.
    ///
    /// - Throws: ``CoordinatorError`` `not-found` if none waits.
    package func applicant(_ id: String, at now: Date) async throws -> Applicant {
        guard
            let applicant = try await applicants(at: now).first(where: {
                $0.application.holder == id
            })
        else {
            throw CoordinatorError(
                .notFound,
                "\(id) has no application that waits: it first runs `fedagent enroll <invite>`"
            )
        }
        return applicant
    }

    /// Approves an application whose six words were compared.
    ///
    /// - Returns: how many more operators have to approve.
    package func approve(_ applicant: Applicant, by operatorID: String) async throws -> Int {
        let row = applicant.application
        guard Party.isName(operatorID) else {
            throw CoordinatorError(
                .malformed,
                "an operator is named by 1-63 of a-z, 0-9 and -, not '\(operatorID)'"
            )
        }
        let count = try await store.approve(
            CertificateHolder(row.kind, row.holder),
            keySHA256: row.keySHA256,
            by: operatorID
        )
        return max(0, approvalsRequired - count)
    }

    /// Ties an account at the identity provider to a person, who signs in with it from then on.
    ///
    /// - Returns: how many more operators have to do the same.
    /// - Throws: ``CoordinatorError`` if there is no identity provider, or the names are none.
    package func tie(
        subject: String,
        to person: CertificateHolder,
        plans: [SHA256Digest],
        wholeFederation: Bool,
        by operatorID: String
    ) async throws -> Int {
        guard let issuer = identityProvider?.issuer else {
            throw CoordinatorError(
                .malformed,
                "coordinator.yaml names no identityProvider; see Protocol.md section 5.16"
            )
        }
        guard Party.isName(person.id), person.kind != .site, Party.isName(operatorID),
            (1...255).contains(subject.utf8.count)
        else {
            throw CoordinatorError(
                .malformed,
                "ids are 1-63 of a-z, 0-9 and -; a subject is what the provider calls the account"
            )
        }
        let count = try await store.tie(
            PersonAccount(issuer: issuer, subject: subject),
            to: person,
            approvalsRequired: approvalsRequired,
            by: operatorID
        )
        for plan in plans { try await store.grant(person.id, plan: plan) }
        if wholeFederation { try await store.grant(person.id, plan: nil) }
        return max(0, approvalsRequired - count)
    }

    /// Makes an invite for a person; only its hash is kept.
    package func invite(
        person id: String,
        as role: CertificateHolder.Kind,
        plans: [SHA256Digest],
        wholeFederation: Bool,
        enrolmentPort: Int? = nil,
        at now: Date
    ) async throws -> Invite {
        guard Party.isName(id), role != .site else {
            throw CoordinatorError(.malformed, "a person id is 1-63 of a-z, 0-9 and -: not '\(id)'")
        }
        let invite = try invite(enrolmentPort: enrolmentPort)
        try await store.invite(
            CertificateHolder(role, id),
            tokenHash: invite.tokenHash,
            expires: now.addingTimeInterval(Double(Invite.lifetimeSeconds))
        )
        for plan in plans { try await store.grant(id, plan: plan) }
        if wholeFederation { try await store.grant(id, plan: nil) }
        return invite
    }
}
