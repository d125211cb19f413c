import Deidentification
import Foundation

/// Finds the path behind the keyed name of a file; worked out anew each time and kept nowhere.
package struct FilePaths: Sendable {
    private let paths: [String: String]

    /// Names every file of the profile's source folder.
    ///
    /// - Throws: ``AgentError`` if folder or key cannot be read.
    package init(folder: SiteFolder, profile: SiteProfile) throws {
        let names = QuarantineNames(
            map: IdentifierMap(key: try SiteSetup.deidentificationKey(of: folder))
        )
        let root = HospitalFolder(root: URL(filePath: profile.source.path ?? ""))
        paths = Dictionary(
            try root.files().map { (names.name(of: $0.path), $0.path) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The path of a named file, if it is still there.
    package subscript(name: String) -> String? { paths[name] }
}
