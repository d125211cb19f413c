/// The identifiers that the standard itself defines; they identify no one and are never replaced.
package enum StandardUID {
    /// The root of all of them, with the final dot.
    package static let root = "1.2.840.10008."

    /// Whether an identifier lies below the standard's root.
    package static func contains(_ uid: String) -> Bool { uid.hasPrefix(root) }

    /// Whether an identifier is listed, or begins those that are.
    package static func isRoot(_ uid: String) -> Bool {
        names[uid] != nil || root.hasPrefix(uid)
    }

    /// The name of an identifier listed in PS3.6 annex A; nil for every other.
    package static func name(of uid: String) -> String? { names[uid] }

    private static let names: [String: String] = Dictionary(
        uniqueKeysWithValues: table.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: "|", maxSplits: 1)
            return fields.count == 2 ? (String(fields[0]), String(fields[1])) : nil
        }
    )
}
