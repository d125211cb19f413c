import Federation
import Foundation
import Identity
import Yams

/// What a site knows of its coordinator after enrolment (`enrolment.yaml`).
package struct SiteEnrolment: Sendable, Hashable, Codable {
    /// The federation's name.
    package let federation: String
    /// The id this site has there.
    package let siteID: String
    /// Where the coordinator is.
    package let coordinator: CoordinatorAddress

    /// Where the enrolment port is, for the day the certificate has expired.
    package let enrolmentPort: CoordinatorAddress?

    /// Makes a record.
    package init(
        federation: String,
        siteID: String,
        coordinator: CoordinatorAddress,
        enrolmentPort: CoordinatorAddress? = nil
    ) {
        self.federation = federation
        self.siteID = siteID
        self.coordinator = coordinator
        self.enrolmentPort = enrolmentPort
    }

    /// Reads the site's enrolment.
    ///
    /// - Throws: ``AgentError`` `bad-configuration` if the site is not enrolled.
    package static func read(from folder: SiteFolder) throws -> SiteEnrolment {
        guard let text = try? String(contentsOf: folder.enrolment, encoding: .utf8) else {
            throw AgentError(
                .badConfiguration,
                "\(folder.root.path) is not enrolled in a federation",
                hint: "ask the operator for an invite and run `fedagent enroll <invite>`"
            )
        }
        do {
            return try YAMLDecoder().decode(SiteEnrolment.self, from: text)
        } catch {
            throw AgentError(.badConfiguration, "\(folder.enrolment.path) cannot be read: \(error)")
        }
    }

    /// The fingerprint of the site's certificate.
    package static func certificateDigest(in folder: SiteFolder) throws -> String {
        try PartyCredentials(from: folder.identity).leaf.fingerprint
    }

    /// Writes the record.
    package func write(to folder: SiteFolder) throws {
        let text = try YAMLEncoder().encode(self)
        try OwnerOnlyFile.write(Data(text.utf8), to: folder.enrolment)
    }
}
