/// What happens with sites that have not answered at the deadline of a round.
package enum StragglerRule: String, Sendable, Hashable, Codable, CaseIterable {
    /// The round closes without them; the roll-call names them as late.
    case close
    /// The round stays open until every site has answered or the operator closes it.
    case wait
    /// The round closes without them; what they send then counts in the next round.
    case countLate
}
