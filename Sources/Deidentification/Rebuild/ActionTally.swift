import DICOM

/// The running count of what is done to one file.
struct ActionTally: Sendable {
    private struct Key: Hashable {
        let tag: Tag
        let action: ActionCount.Action
    }

    private var counts: [Key: Int] = [:]

    mutating func count(_ action: ActionCount.Action, _ tag: Tag) {
        counts[Key(tag: tag, action: action), default: 0] += 1
    }

    func times(_ action: ActionCount.Action, _ tag: Tag) -> Int {
        counts[Key(tag: tag, action: action)] ?? 0
    }

    /// The counts by ascending tag, then action.
    var sorted: [ActionCount] {
        counts.sorted { ($0.key.tag, $0.key.action) < ($1.key.tag, $1.key.action) }.map {
            ActionCount(tag: $0.key.tag.description, action: $0.key.action, count: $0.value)
        }
    }
}
