package import Foundation

/// The folder `shared` beside the checkout: real images, golden vectors and tables that the repository does not hold.
///
/// Tests that need it are skipped, with the reason printed, where it is absent.
package enum SharedData {
    /// The root of the checkout this file was compiled from.
    package static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The folder itself, whether or not it exists.
    package static let root = repository.deletingLastPathComponent().appending(path: "shared")

    /// Whether the folder is there.
    package static let exists = FileManager.default.fileExists(
        atPath: root.appending(path: "data/README.md").path
    )

    /// The reason to print with a skipped test.
    package static let absent = "skipped: ../shared is not beside the checkout"

    /// The URL of a file below the folder.
    package static func url(_ path: String) -> URL { root.appending(path: path) }

    /// The bytes of a file below the folder.
    package static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: url(path)))
    }
}
