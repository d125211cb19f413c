/// How far a pull has come.
package struct PullProgress: Sendable, Hashable, Codable {
    /// Studies that match.
    package var studies = 0
    /// Studies that are done.
    package var studiesDone = 0
    /// Series that were wanted in them.
    package var series = 0
    /// Instances that were fetched and are new or changed.
    package var fetched = 0
    /// Instances that the site had already.
    package var known = 0
    /// Instances that could not be fetched, by reason.
    package var failed: [String: Int] = [:]
    /// Bytes of the instances that were fetched.
    package var bytes = 0

    /// Nothing yet.
    package init() {}

    /// Instances that could not be fetched.
    package var failures: Int { failed.values.reduce(0, +) }

    /// The share of studies that are done, 0 to 1.
    package var fraction: Double { studies == 0 ? 0 : Double(studiesDone) / Double(studies) }

    /// Bytes a second after so many seconds.
    package func bytesPerSecond(after seconds: Double) -> Double {
        seconds > 0 ? Double(bytes) / seconds : 0
    }

    /// The seconds that are left if the rest is like what was; nil before the first study is done.
    package func secondsLeft(after seconds: Double) -> Double? {
        guard studiesDone > 0 else { return nil }
        return seconds * Double(studies - studiesDone) / Double(studiesDone)
    }
}
