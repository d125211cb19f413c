import ArgumentParser
import AuditCommands
import AuditLog
import CoordinatorServer
import CoordinatorStore
import Foundation
import Identity

/// `fedcoordinator audit`.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "What was done, shown to be unaltered.",
        discussion: """
            Each record is stored together with the change it describes, is a leaf of a signed tree, \
            and the sites witness that the tree only grows.

              fedcoordinator audit verify log.bundle --trust keys.txt
            """,
        subcommands: [
            AuditListCommand<CoordinatorOptions>.self, AuditVerifyCommand<CoordinatorOptions>.self,
            AuditExportCommand<CoordinatorOptions>.self, AuditKeysCommand<CoordinatorOptions>.self,
            AuditCheckpointCommand<CoordinatorOptions>.self,
            AuditWitnessesCommand<CoordinatorOptions>.self,
            AuditForgetCommand<CoordinatorOptions>.self,
            AuditTimestampCommand<CoordinatorOptions>.self,
            AuditRotateKeyCommand<CoordinatorOptions>.self,
            AuditRetireKeyCommand<CoordinatorOptions>.self,
        ]
    )
}

extension CoordinatorOptions: AuditedFolder {
    static let program = "fedcoordinator"
    static let party = "this coordinator"
    static let actor = AuditActor(.operator, "operator")

    func auditedStore() throws -> CoordinatorStore { try operation().store }

    func witnessKey() throws -> NoteKey? { try AuditKey.witnessKey(of: folder) }

    func whileNotServed(_ body: (URL) throws -> Void) throws {
        let lock = try CoordinatorLock(folder)
        defer { lock.release() }
        try body(folder.auditKey)
    }

    func replaceAuditKey(_ secret: AuditSecret) throws {
        try OwnerOnlyFile.write(secret.bytes, to: folder.auditKey)
    }

    static func reporting(_ body: () async throws -> Void) async throws {
        try await fedcoordinator.reporting(body)
    }
}
