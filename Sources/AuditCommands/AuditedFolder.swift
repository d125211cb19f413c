package import ArgumentParser
package import AuditLog
package import AuditedDatabase

/// The folder of a party with a log: what its program gives to the audit verbs, which both share.
package protocol AuditedFolder: ParsableArguments, Sendable {
    /// Its database.
    associatedtype Store: AuditedStore

    /// Whether to write JSON.
    var json: Bool { get }
    /// Opens the database of the folder.
    func auditedStore() throws -> Store
    /// The key under which the party cosigns; nil before it belongs to a federation.
    func witnessKey() throws -> NoteKey?

    /// The program, as `fedagent`.
    static var program: String { get }
    /// The party as it speaks of itself, as "this site".
    static var party: String { get }
    /// Who types.
    static var actor: AuditActor { get }
    /// Runs a verb and turns its error into words on stderr and an exit status.
    static func reporting(_ body: () async throws -> Void) async throws
}

extension AuditedFolder {
    /// The public keys of the party: of its log, and as a witness.
    func keys() throws -> [NoteKey] {
        [try auditedStore().database.signer?.key, try witnessKey()].compactMap { $0 }
    }
}
