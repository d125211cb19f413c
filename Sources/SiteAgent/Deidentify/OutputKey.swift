package import Deidentification
package import Foundation

/// The mark of the key that an output folder was made with: old and new pseudonyms must not mix.
package enum OutputKey {
    /// Marks a new output, and refuses one of another key.
    ///
    /// The mark is a keyed digest of nothing, which tells nothing of the key.
    ///
    /// - Throws: ``AgentError`` `bad-configuration`.
    package static func check(_ output: URL, _ map: IdentifierMap) throws {
        let folder = output.appending(path: ".fedagent")
        let url = folder.appending(path: "key")
        let mark = map.digest([], purpose: "output")
        if let known = try? String(contentsOf: url, encoding: .utf8) {
            guard known.split(separator: "\n").first == mark[...] else {
                throw AgentError(
                    .badConfiguration,
                    "\(output.path) was made with another key",
                    hint: "name that key with --keys, or an empty folder; the article \"Losing or "
                        + "replacing the key\" of Deidentification says what to do if it is gone"
                )
            }
            return
        }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data((mark + "\n").utf8).write(to: url, options: .atomic)
    }
}
