package import AuditLog
import Foundation
import Identity
package import SiteStore

/// The secret of a site's audit log, and the database that is signed with it.
package enum SiteAudit {
    /// The secret of a folder; makes it, with mode 0600, where there is none yet.
    package static func secret(of folder: SiteFolder) throws -> AuditSecret {
        if !FileManager.default.fileExists(atPath: folder.auditKey.path) {
            try OwnerOnlyFile.write(AuditSecret.generate().bytes, to: folder.auditKey)
        }
        do throws(AuditLogError) {
            return try AuditSecret(contentsOf: folder.auditKey)
        } catch {
            throw AgentError(
                .badConfiguration,
                "\(folder.auditKey.path) cannot be used (\(error.code.rawValue))",
                hint: "it must be this user's, mode 0600, and 32 bytes long"
            )
        }
    }

    /// The database of a folder, whose log is signed.
    package static func store(of folder: SiteFolder) throws -> SiteStore {
        try SiteStore(at: folder.database, secret: try secret(of: folder))
    }

    /// The key under which an enrolled site cosigns; nil before enrolment.
    package static func witnessKey(of folder: SiteFolder) throws -> NoteKey? {
        guard FileManager.default.fileExists(atPath: folder.enrolment.path) else { return nil }
        return try cosigner(of: folder, try SiteEnrolment.read(from: folder)).key
    }

    /// Cosigns the coordinator's log in the name of an enrolled site.
    package static func cosigner(of folder: SiteFolder, _ enrolment: SiteEnrolment) throws
        -> NoteSigner
    {
        try secret(of: folder).witnessSigner(
            named: "\(enrolment.federation)/site/\(enrolment.siteID)"
        )
    }
}
