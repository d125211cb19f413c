/// Whether an update of a site is wanted now.
package enum UpdateStanding: Sendable, Hashable {
    /// The site has work for this round and has not finished it.
    case expected
    /// An update of this digest was counted; the same bytes again change nothing.
    case counted(SHA256Digest)
    /// The site's part in this round ended otherwise (refused, failed, rejected).
    case settled
    /// The round no longer takes updates.
    case roundClosed
    /// The run is at another round.
    case wrongRound
    /// The site is not in the run.
    case unknownSite
}
