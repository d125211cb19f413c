import Yams

/// The lines on which the keys of a YAML document stand, for messages that name them.
struct YAMLLines {
    private let root: Node?

    init(_ text: String) { root = try? Yams.compose(yaml: text) }

    /// The line of a key path such as `labels.format`; of the nearest section where the key itself
    /// is missing; nil for the document as a whole.
    func line(of path: String) -> Int? {
        var node = root
        var line: Int?
        for part in path.split(separator: ".") {
            // Of an entry of a list the list's line.
            let key = part.prefix { $0 != "[" }
            guard let pair = node?.mapping?.first(where: { $0.key.string == String(key) }) else {
                return line
            }
            line = pair.key.mark?.line ?? line
            node = pair.value
        }
        return line
    }
}
