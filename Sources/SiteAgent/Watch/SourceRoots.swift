package import Foundation

/// The folders that images are taken in from: the hospital's export, and the inbox.
package struct SourceRoots: Sendable {
    /// A folder and what its paths are told apart by.
    package struct Root: Sendable, Hashable {
        /// What stands before paths below it; empty for the hospital's folder.
        package let prefix: String
        /// The folder.
        package let folder: URL
        /// Whether it has to be there: an export that is not mounted must not look empty.
        package let isRequired: Bool
    }

    /// The folders, the hospital's first.
    package let all: [Root]

    /// Those that have to be there and those that are.
    package var existing: [Root] {
        all.filter {
            $0.isRequired || FileManager.default.fileExists(atPath: $0.folder.path)
        }
    }

    /// The folders of a site.
    ///
    /// - Throws: ``AgentError`` `bad-configuration` if images come from nowhere.
    package init(folder: SiteFolder, profile: SiteProfile) throws {
        var roots: [Root] = []
        if let path = profile.source.path {
            roots.append(Root(prefix: "", folder: URL(filePath: path), isRequired: true))
        }
        let isNetworked = profile.source.dicomweb != nil || profile.source.receiver != nil
        // What came before a source was taken out of the profile stays part of the site.
        if isNetworked || FileManager.default.fileExists(atPath: folder.inbox.path) {
            roots.append(Root(prefix: "inbox/", folder: folder.inbox, isRequired: false))
        }
        guard !roots.isEmpty else {
            throw AgentError(
                .badConfiguration,
                "site \(profile.id) has no source of images",
                hint: "`fedagent source add` names a folder, a PACS or a receiver"
            )
        }
        all = roots
    }
}
