/// What a round does with sites that are late, silent, or left out by the draw.
package struct RoundRules: Sendable, Hashable, Codable {
    /// What happens at the deadline.
    package var stragglers: StragglerRule
    /// How often the deadline is moved on when the quorum is missed.
    package var extensions: Int
    /// After how long without a heartbeat a site at work is taken for dead.
    package var silenceLimit: Duration
    /// The updates that close a round before every site has answered; nil waits for all.
    package var buffer: Int?

    /// Rules; by default the round closes at the deadline, and 10 s of silence is death.
    package init(
        stragglers: StragglerRule = .close,
        extensions: Int = 0,
        silenceLimit: Duration = .seconds(10),
        buffer: Int? = nil
    ) {
        self.buffer = buffer
        self.stragglers = stragglers
        self.extensions = extensions
        self.silenceLimit = silenceLimit
    }
}
