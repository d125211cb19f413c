package import ArgumentParser
package import AuditLog
package import AuditedDatabase
package import Foundation

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

    /// Runs a change of the log's key, whose file is given, while no other process signs with it.
    ///
    /// - Throws: an error of the program where the folder is served.
    func whileNotServed(_ body: (URL) throws -> Void) throws
    /// Writes the file of the log's key, with mode 0600, in one step.
    func replaceAuditKey(_ secret: AuditSecret) throws

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
