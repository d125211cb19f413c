/// What became of a contribution that was to be recorded.
package enum ContributionAnswer: Sendable, Hashable {
    /// It was recorded now.
    case recorded
    /// The same bytes had been recorded before; nothing was changed.
    case repeated
}
