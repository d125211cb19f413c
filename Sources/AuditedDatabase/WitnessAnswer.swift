package import AuditLog

/// What became of an offered checkpoint.
package enum WitnessAnswer: Sendable, Hashable {
    /// It is stored; the note with our cosignature.
    case accepted(SignedNote)
    /// It may be right, but the proof must begin at this size.
    case needsProof(from: Int64)
    /// It is not gone along with.
    case refused(WitnessAlarm)
}
