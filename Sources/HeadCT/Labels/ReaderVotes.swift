/// How many of several readers called one finding.
package struct ReaderVotes: Sendable, Hashable, Codable {
    /// Readers who called it present.
    package var present: Int
    /// Readers who gave any reading.
    package var readers: Int

    /// Makes a count of votes.
    package init(present: Int, readers: Int) {
        self.present = present
        self.readers = readers
    }

    /// The reading of more than half of the readers; nil without readers or at a draw.
    package var majority: Bool? {
        if readers == 0 || present * 2 == readers { return nil }
        return present * 2 > readers
    }
}
