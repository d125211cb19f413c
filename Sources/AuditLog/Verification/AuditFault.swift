/// The first thing that is wrong with a log, and at which record.
package struct AuditFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, stable across versions.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The bytes are not those that the record after it, or the store, knows.
        case altered = "altered"
        /// The bytes are not a record this program could have written.
        case malformed = "malformed"
        /// A number is missing.
        case missing = "missing"
        /// A number stands twice or after a larger one.
        case duplicated = "duplicated"
        /// The record bears another number than its place.
        case reordered = "reordered"
        /// The first record names a record before it.
        case brokenLink = "broken-link"
        /// The record belongs to another log.
        case foreign = "foreign"
        /// The log is shorter than it is known to have been.
        case missingTail = "missing-tail"
        /// The log is another one than is known from before.
        case forked = "forked"
        /// A checkpoint names a root that its signature does not cover.
        case replacedRoot = "replaced-root"
        /// A checkpoint is not signed by the key of the log.
        case unsigned = "unsigned"
        /// The records link to each other but are not those that were signed.
        case rewritten = "rewritten"
        /// A checkpoint is smaller than one before it.
        case shrunk = "shrunk"
        /// A record says what could not have happened after those before it.
        case impossible = "impossible"
        /// A record says that the other party's log was seen in a form that log never had.
        case contradicted = "contradicted"
    }

    /// What is wrong.
    package let kind: Kind
    /// The number of the first record that is wrong or missing.
    package let sequence: Int64
    /// What could not have happened, or which log contradicts; nil where the kind says it all.
    package let reason: String?

    /// A fault at a record.
    package init(_ kind: Kind, at sequence: Int64, reason: String? = nil) {
        self.kind = kind
        self.sequence = sequence
        self.reason = reason
    }

    /// What is wrong, where, as one sentence.
    package var description: String {
        switch kind {
        case .altered:
            "record \(sequence) was altered: its bytes do not have the hash they are known by"
        case .malformed: "record \(sequence) is not a well-formed audit record"
        case .missing: "record \(sequence) is missing"
        case .duplicated: "record \(sequence) stands where it must not: its number was used"
        case .reordered: "record \(sequence) was replaced by one with another number"
        case .brokenLink: "record \(sequence) names a record before it that is not there"
        case .foreign: "record \(sequence) belongs to another log"
        case .missingTail: "record \(sequence) and those after it were removed"
        case .forked: "up to record \(sequence) the log is another one than was seen before"
        case .replacedRoot:
            "the checkpoint after record \(sequence) has a root that was put in place of the signed one"
        case .unsigned: "the checkpoint after record \(sequence) is not signed by the log's key"
        case .rewritten: "record \(sequence) or those after it are not the ones that were signed"
        case .shrunk: "the checkpoint after record \(sequence) is smaller than one before it"
        case .impossible:
            "record \(sequence) says what could not have happened: \(reason ?? "at that time")"
        case .contradicted:
            "record \(sequence) saw a root that \(reason ?? "the other log") never had at that size"
        }
    }
}
