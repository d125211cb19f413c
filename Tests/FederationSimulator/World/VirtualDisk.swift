import AuditLog
import Federation
import Tensors

/// The coordinator's disk: a database with transactions, and files that are durable once synced.
struct VirtualDisk {
    /// What the database holds.
    struct Database {
        /// Who contributed what to which round, in the order of recording.
        struct Row: Hashable {
            let site: SiteID
            let round: RoundNumber
            let sha256: SHA256Digest
            let isAccepted: Bool
            let isLate: Bool
            /// How many rounds had closed before.
            let roundsClosed: Int
        }

        var snapshot: RunSnapshot?
        var rows: [Row] = []
        var rollCalls: [RoundNumber: RollCall] = [:]
        var models: [RoundNumber: SHA256Digest] = [:]
        var leaves: [StoredAuditLeaf] = []

        /// What is recorded for a site and a round.
        func row(_ site: SiteID, _ round: RoundNumber) -> Row? {
            rows.first { $0.site == site && $0.round == round }
        }
    }

    /// What survives a crash.
    private(set) var database = Database()
    /// The bytes of files that survive a crash.
    private(set) var files: [SHA256Digest: [Double]] = [:]

    private var inFlight: Database?
    private var unsynced: [(SHA256Digest, [Double])] = []

    /// Begins a transaction.
    mutating func prepare(_ next: Database) { inFlight = next }

    /// Makes the transaction durable.
    mutating func commit() {
        if let inFlight { database = inFlight }
        inFlight = nil
    }

    /// Writes a file that a crash may still tear.
    mutating func write(_ values: [Double], as digest: SHA256Digest) {
        unsynced.append((digest, values))
    }

    /// Makes written files durable.
    mutating func sync() {
        for (digest, values) in unsynced { files[digest] = values }
        unsynced = []
    }

    /// Deletes files; what a torn write left of one goes too.
    mutating func delete(where isUnneeded: (SHA256Digest) -> Bool) {
        for digest in files.keys where isUnneeded(digest) { files[digest] = nil }
    }

    /// Puts the database of a backup in the place of the one that was lost.
    mutating func restore(_ backup: Database, _ files: [SHA256Digest: [Double]]) {
        inFlight = nil
        database = backup
        self.files = files
    }

    /// A file as the running process reads it: the system shows unsynced bytes too.
    func read(_ digest: SHA256Digest) -> [Double]? {
        files[digest] ?? unsynced.last { $0.0 == digest }?.1
    }

    /// Power is lost: a transaction under way is there wholly or not, unsynced files are torn.
    mutating func crash(using generator: inout SeededGenerator) {
        if generator.nextUniform() < 0.5 { commit() }
        inFlight = nil
        for (digest, values) in unsynced where generator.nextUniform() < 0.5 {
            files[digest] = Array(values.dropLast())
        }
        unsynced = []
    }
}
