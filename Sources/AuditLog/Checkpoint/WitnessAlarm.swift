/// Why one party no longer goes along with the other's log, in words for the people at both ends.
package struct WitnessAlarm: Error, Sendable, Hashable {
    /// Whose history is in question.
    package enum Subject: Sendable, Hashable {
        /// The log of the other party.
        case party(String)
        /// This party's own log: the other showed a checkpoint that bears our signature.
        case own(shownBy: String)
    }

    /// Whose history.
    package let subject: Subject
    /// What is wrong with it.
    package let refusal: WitnessedLog.Refusal
    /// The checkpoint that was seen before; nil where the key is in question.
    package let seen: Checkpoint?
    /// When it was seen, milliseconds since 1970.
    package let seenMilliseconds: Int64?
    /// Whether it is the first time this is found.
    package let isNew: Bool

    /// An alarm.
    package init(
        _ refusal: WitnessedLog.Refusal,
        of subject: Subject,
        seen: Checkpoint?,
        at seenMilliseconds: Int64?,
        isNew: Bool
    ) {
        self.refusal = refusal
        self.subject = subject
        self.seen = seen
        self.seenMilliseconds = seenMilliseconds
        self.isNew = isNew
    }

    /// What happened; `me` is the party that speaks, as "this site".
    package func text(me: String) -> String {
        let (whose, whom) =
            switch subject {
            case .party(let party): (Self.history(of: party), "\(me) has")
            case .own(let party): ("\(me)'s own history", "\(party) has")
            }
        let before = seen.map { " (checkpoint size \($0.size)\(time))" } ?? ""
        return switch refusal {
        case .olderHistory:
            "\(whose) is older than the one \(whom) seen\(before): it was restored from a backup or "
                + "forked; do not go on before you know why"
        case .forked:
            "\(whose) is another one than \(whom) seen\(before): it was rewritten or forked; "
                + "do not go on before you know why"
        case .splitView:
            "\(whose) was shown to other sites in another form than \(whom) seen\(before): it has "
                + "two views; do not go on before you know why"
        case .otherKey:
            "\(whose) is signed with another key than the one \(whom) seen first; do not go on "
                + "before you know why"
        case .notSigned: "\(whose) came without a signature of its key"
        }
    }

    private var time: String {
        seenMilliseconds.map { " of \(CivilTime.text(milliseconds: $0))" } ?? ""
    }

    private static func history(of party: String) -> String {
        party == "coordinator" ? "the coordinator's history" : "the history of \(party)"
    }
}
