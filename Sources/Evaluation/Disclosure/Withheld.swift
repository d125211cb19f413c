/// A value that is not shown, with its reason and what may be said instead.
package struct Withheld: Error, Sendable, Hashable, Codable {
    /// One of the six states.
    package let state: WithheldState
    /// What exactly stands in the way, if the state does not say it.
    package let detail: WithheldDetail?
    /// A coarse range that may be shown instead of a suppressed rate.
    package let band: Interval?

    /// Makes a reason.
    package init(_ state: WithheldState, _ detail: WithheldDetail? = nil, band: Interval? = nil) {
        self.state = state
        self.detail = detail
        self.band = band
    }

    /// The words on screens and in tables, such as `not estimable (one class only: …)`.
    package var text: String {
        guard let detail else { return state.text }
        switch state {
        case .smallCell: return "suppressed (small cell: \(detail.text))"
        default: return "\(state.text) (\(detail.text))"
        }
    }
}
