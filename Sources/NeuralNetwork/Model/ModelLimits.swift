/// The bounds of a model description.
enum ModelLimits {
    /// Above this a plan would ask a site for more memory and time than it should give unasked.
    static let maximumChannels = 1024

    /// Levels of resolution.
    static let levels = 2...6

    static func problems(levelCount: Int, channels: [Int], groups: Int) -> [String] {
        var problems: [String] = []
        if !levels.contains(levelCount) {
            problems.append(
                "channels must have \(levels.lowerBound) to \(levels.upperBound) levels"
            )
        }
        for count in channels where count < 8 || count > maximumChannels || count % 8 != 0 {
            problems.append(
                "channel count \(count) is not a multiple of 8 up to \(maximumChannels)"
            )
        }
        if groups < 1 {
            problems.append("groups must be at least 1")
        } else {
            for count in channels where count % groups != 0 {
                problems.append("groups \(groups) does not divide channel count \(count)")
            }
        }
        return problems
    }
}
