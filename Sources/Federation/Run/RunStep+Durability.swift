extension RunEffect {
    /// Whether it must be on the disk before anything is done; what only tells a site something is
    /// told again after a restart.
    package var isRecorded: Bool {
        switch self {
        case .openRound, .publishModel, .closeRound, .alarm, .complete, .fail: true
        case .assign, .turnAway, .aggregate, .requestScores: false
        }
    }
}

extension RunEvent {
    /// Whether it leaves nothing behind that a restart must not lose.
    package var isPassing: Bool {
        switch self {
        case .siteReady, .heartbeat, .tick: true
        case .start, .roundOpened, .siteRefused, .updateAccepted, .updateRejected, .siteFailed,
            .aggregated, .aggregationFailed, .scoresReceived, .scoreReported, .hold, .release,
            .closeRound, .abort:
            false
        }
    }
}

extension RunStep {
    /// Whether the event must be on the disk before anything is done or answered.
    package func mustBeKept(after event: RunEvent) -> Bool {
        !event.isPassing || effects.contains { $0.isRecorded || $0.isAggregation }
    }
}

extension RunEffect {
    fileprivate var isAggregation: Bool {
        if case .aggregate = self { true } else { false }
    }
}
