package import AuditLog
import Foundation
import GRDB

/// What is remembered of another party: its keys, its log as last seen, and what it has of ours.
package struct WitnessedParty: Sendable, Hashable {
    /// `coordinator`, a site's id, or at a site the name under which another site cosigns.
    package let party: String
    /// Signs its log; nil for a party that is only known as a witness.
    package var logKey: NoteKey?
    /// Cosigns our log, or at a site the coordinator's.
    package let witnessKey: NoteKey
    /// The newest checkpoint of its log that was accepted; of another site the one it cosigned.
    package var note: SignedNote?
    /// When that was, milliseconds since 1970.
    package var noteMilliseconds: Int64?
    /// The size of our log that it has stored, as it said itself.
    package var stored: Int64 = 0
    /// The size of our newest checkpoint that it cosigned.
    package var cosigned: Int64 = 0
    /// The alarm that stands, as `older-history/120`.
    package var refusal: String?

    /// The checkpoint in the note.
    package var checkpoint: Checkpoint? { note.flatMap { try? Checkpoint(parsing: $0.text) } }

    init(party: String, logKey: NoteKey?, witnessKey: NoteKey) {
        self.party = party
        self.logKey = logKey
        self.witnessKey = witnessKey
    }

    private init(_ row: Row) throws {
        party = row["party"]
        logKey = try (row["logKey"] as String?).map { try NoteKey(parsing: $0) }
        witnessKey = try NoteKey(parsing: row["witnessKey"])
        note = try (row["note"] as Data?).map { try SignedNote(parsing: [UInt8]($0)) }
        noteMilliseconds = row["noteMilliseconds"]
        stored = row["stored"]
        cosigned = row["cosigned"]
        refusal = row["refusal"]
    }

    static func find(_ party: String, _ database: Database) throws -> WitnessedParty? {
        let sql = "SELECT * FROM auditWitness WHERE party = ?"
        return try Row.fetchOne(database, sql: sql, arguments: [party]).map(WitnessedParty.init)
    }

    static func all(_ database: Database) throws -> [WitnessedParty] {
        try Row.fetchAll(database, sql: "SELECT * FROM auditWitness ORDER BY party")
            .map(WitnessedParty.init)
    }

    func save(_ database: Database) throws {
        try database.execute(
            sql: """
                INSERT OR REPLACE INTO auditWitness (party, logKey, witnessKey, note,
                    noteMilliseconds, stored, cosigned, refusal) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                party, logKey?.description, witnessKey.description, note.map { Data($0.encoded) },
                noteMilliseconds, stored, cosigned, refusal,
            ]
        )
    }
}
