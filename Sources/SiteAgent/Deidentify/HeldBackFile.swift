package import Foundation
import Identity

/// An input that was held back, by its path: paths may name patients, so the list stays at the site.
package struct HeldBackFile: Sendable, Hashable, Comparable {
    /// The path below the input.
    package let path: String
    /// The reason, machine-readable.
    package let reason: String
    /// What was found.
    package let detail: String

    package static func < (left: HeldBackFile, right: HeldBackFile) -> Bool {
        (left.path, left.reason) < (right.path, right.reason)
    }

    /// Writes a list as lines of path, reason and detail with tabs between, readable by its owner only.
    ///
    /// - Throws: ``AgentError`` `bad-configuration` if the list would lie in `output`, which may leave
    ///   the site, or cannot be written.
    package static func write(
        _ files: [HeldBackFile],
        to list: URL,
        awayFrom output: URL
    ) throws {
        try check(list, awayFrom: output)
        let lines = files.sorted().map { file in
            [file.path, file.reason, file.detail].map { text in
                text.replacing("\t", with: " ").replacing("\n", with: " ")
            }.joined(separator: "\t") + "\n"
        }
        do {
            try OwnerOnlyFile.write(Data(lines.joined().utf8), to: list)
        } catch {
            throw AgentError(
                .badConfiguration,
                "the list \(list.path) cannot be written",
                hint: "check that its folder exists and belongs to this user"
            )
        }
    }

    /// Refuses a list in the output.
    ///
    /// - Throws: ``AgentError`` `bad-configuration`.
    package static func check(_ list: URL, awayFrom output: URL) throws {
        let folder = output.standardizedFileURL.path
        guard
            !list.standardizedFileURL.path.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
        else {
            throw AgentError(
                .badConfiguration,
                "the list of files held back would lie in the output, which may leave the site",
                hint: "name another place: paths may name patients"
            )
        }
    }
}
