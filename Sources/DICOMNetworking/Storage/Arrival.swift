/// What the pipeline of an association hands on.
enum Arrival: Sendable, Hashable {
    /// A whole unit.
    case unit(PDU)
    /// What came is no unit; nothing more is read.
    case violation(ProtocolViolation)
    /// A time limit passed.
    case expired(ReceiverLimits.Timer)
}
