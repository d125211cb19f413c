import ArgumentParser
import AuditCommands
import AuditLog
import Foundation
import Identity
import SiteAgent
import SiteStore

/// `fedagent audit`.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "The record of everything this site did.",
        discussion: """
            Each record is stored together with the change it describes, is a leaf of a signed tree, \
            and the coordinator witnesses that the tree only grows.

              fedagent audit list --act egress.send --last 20
              fedagent audit verify
              fedagent audit export log.bundle
            """,
        subcommands: [
            AuditListCommand<SiteOptions>.self, AuditVerifyCommand<SiteOptions>.self,
            AuditExportCommand<SiteOptions>.self, AuditKeysCommand<SiteOptions>.self,
            AuditCheckpointCommand<SiteOptions>.self, AuditWitnessesCommand<SiteOptions>.self,
            AuditForgetCommand<SiteOptions>.self,
            AuditTimestampCommand<SiteOptions>.self, AuditRotateKeyCommand<SiteOptions>.self,
            AuditRetireKeyCommand<SiteOptions>.self,
        ]
    )
}

extension SiteOptions: AuditedFolder {
    static let program = "fedagent"
    static let party = "this site"
    static let actor = AuditActor.siteAdmin

    func auditedStore() throws -> SiteStore { try store() }

    func witnessKey() throws -> NoteKey? { try SiteAudit.witnessKey(of: folder) }

    func whileNotServed(_ body: (URL) throws -> Void) throws {
        let lock = try SiteLock(folder)
        defer { lock.release() }
        try body(folder.auditKey)
    }

    func replaceAuditKey(_ secret: AuditSecret) throws {
        try OwnerOnlyFile.write(secret.bytes, to: folder.auditKey)
    }

    static func reporting(_ body: () async throws -> Void) async throws {
        try await fedagent.reporting(body)
    }
}
