package import Foundation

/// The folder of a demo: one the user named, or a temporary one that is removed at the end.
package struct DemoFolder: Sendable {
    private let root: URL
    private let isRemoved: Bool

    /// Uses `output`, or a new temporary folder which `keep` leaves in place.
    package init(output: URL?, keep: Bool) throws {
        if let output {
            root = output
            isRemoved = false
        } else {
            root = FileManager.default.temporaryDirectory
                .appending(path: "federation-demo-\(ProcessInfo.processInfo.processIdentifier)")
            isRemoved = !keep
        }
    }

    /// Runs `body` with the folder; says what was kept, also when it failed or was interrupted.
    package func using(_ body: (URL) async throws -> Void) async throws {
        do {
            try await body(root)
        } catch {
            finish("the demo did not finish; ")
            throw error
        }
        finish("")
    }

    private func finish(_ prefix: String) {
        let words: String
        if isRemoved {
            try? FileManager.default.removeItem(at: root)
            words = "\(prefix)nothing was kept (--keep or --output keeps everything)"
        } else {
            words = "\(prefix)everything is in \(root.path)"
        }
        // A closed pipe is the reader's choice, not an error of ours.
        try? FileHandle.standardError.write(contentsOf: Data((words + "\n").utf8))
    }
}
