/// What a log shows, on one page.
package struct BundleVerdict: Sendable, Hashable {
    /// How it ended; the raw value is the program's exit status.
    package enum Outcome: Int32, Sendable, Hashable {
        case good = 0
        case tampered = 1
        case incomplete = 2
        case unusable = 3
    }

    /// A witness and when it cosigned the newest checkpoint.
    package struct Witness: Sendable, Hashable {
        /// The name of its key.
        package let name: String
        /// Seconds since 1970.
        package let time: UInt64
    }

    /// A checkpoint that is signed and right.
    package struct CheckpointText: Sendable, Hashable {
        /// Its size.
        package let size: Int64
        /// The SHA-256 of its text, 32 bytes: what a time stamp is of.
        package let textSHA256: [UInt8]
    }

    /// That the log had so many records by a time, as an authority says.
    package struct Stamp: Sendable, Hashable {
        /// How many.
        package let size: Int64
        /// Seconds since 1970.
        package let seconds: Int64

        /// What was found.
        package init(size: Int64, seconds: Int64) {
            self.size = size
            self.seconds = seconds
        }
    }

    /// How it ended.
    package var outcome: Outcome
    /// The name of the log.
    package var log = ""
    /// The records that were read.
    package var records: Int64 = 0
    /// The size up to which a trusted key signed the log.
    package var signedSize: Int64 = 0
    /// Who cosigned the newest checkpoint, ascending by name.
    package var witnesses: [Witness] = []
    /// What is wrong; the first is the cause.
    package var faults: [AuditFault] = []
    /// What is missing, or why the input is of no use, as sentences.
    package var remarks: [String] = []
    /// What is to be seen though nothing is wrong with it.
    package var notes = RecordNotes()
    /// The other logs it was compared with.
    package var compared: [String] = []
    /// The checkpoints that are signed and right, by size.
    package internal(set) var checkpoints: [CheckpointText] = []
    /// What time stamps prove.
    package var stamps: [Stamp] = []

    /// The leaf hashes, where the log is to be compared with others.
    var leaves: [MerkleHash] = []

    init(outcome: Outcome, log: String = "") {
        self.outcome = outcome
        self.log = log
    }

    /// Adds what is missing; what was good is incomplete then.
    package mutating func addRemark(_ text: String) {
        remarks.append(text)
        settle()
    }

    /// Tampered if anything is wrong, else incomplete if anything is missing.
    mutating func settle() {
        outcome = !faults.isEmpty ? .tampered : remarks.isEmpty ? .good : .incomplete
    }
}
