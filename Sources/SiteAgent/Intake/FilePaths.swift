import Deidentification
package import Foundation

/// Finds the path behind the keyed name of a file; worked out anew each time and kept nowhere.
package struct FilePaths: Sendable {
    private struct Place {
        let path: String
        let url: URL
    }

    private let places: [String: Place]

    /// Names every file of the site's source folder and inbox.
    ///
    /// - Throws: ``AgentError`` if folder or key cannot be read.
    package init(folder: SiteFolder, profile: SiteProfile) throws {
        let names = QuarantineNames(
            map: IdentifierMap(key: try SiteSetup.deidentificationKey(of: folder))
        )
        let roots = try SourceRoots(folder: folder, profile: profile).all
        let found = try roots.flatMap { root in
            try HospitalFolder(source: root).files(isRequired: root.isRequired).map { file in
                let path = root.prefix + file.path
                let url = root.folder.appending(path: file.path)
                return (names.name(of: path), Place(path: path, url: url))
            }
        }
        places = Dictionary(found, uniquingKeysWith: { first, _ in first })
    }

    /// The place of a named file, if it is still there.
    package func url(ofName name: String) -> URL? { places[name]?.url }

    /// The path of a named file, if it is still there.
    package subscript(name: String) -> String? { places[name]?.path }
}
