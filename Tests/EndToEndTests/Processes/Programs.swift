import Foundation
import TestSupport

/// The programs of this build, and the folders the tests start them with.
enum Programs {
    /// The programs lie beside the test bundle.
    static let folder = (Bundle.main.executableURL ?? URL(filePath: "/"))
        .resolvingSymlinksInPath().deletingLastPathComponent()

    /// Two small simulated hospitals and their plan.
    static let hospitals = SharedData.repository.appending(path: "Tests/EndToEndTests/Hospitals")

    /// A program's file.
    ///
    /// - Throws: ``ProcessFailure`` if it is not built.
    static func url(_ name: String) throws -> URL {
        let url = folder.appending(path: name)
        guard FileManager.default.isExecutableFile(atPath: url.path) else {
            throw ProcessFailure("\(url.path) is missing: build the package before these tests")
        }
        return url
    }
}

/// A process that did not do what a test needs, with what it said.
struct ProcessFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
