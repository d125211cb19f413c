/// How far a run has come: it waits for the sites' answers to its plan, or it goes through rounds.
package enum RunStage: Sendable, Hashable, Codable {
    case approval(RunApproval)
    case rounds(RunStateMachine)

    /// The next moment at which time alone changes something; nil if none.
    package var nextWake: Duration? {
        switch self {
        case .approval(let approval): approval.deadline
        case .rounds(let machine): machine.isOver ? nil : machine.nextWake
        }
    }

    /// The rounds; nil while answers are awaited.
    package var machine: RunStateMachine? {
        if case .rounds(let machine) = self { machine } else { nil }
    }
}
