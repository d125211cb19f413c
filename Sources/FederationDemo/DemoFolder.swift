package import Foundation

/// The folder of a demo: one the user named, or a temporary one that is removed after success.
package struct DemoFolder: Sendable {
    /// Where everything of the demo lies.
    package let root: URL
    /// Whether the folder is there after the demo has succeeded.
    package let isKept: Bool

    /// Uses `output`, or a new temporary folder which `keep` leaves in place.
    package init(output: URL?, keep: Bool) {
        let process = ProcessInfo.processInfo.processIdentifier
        let temporary = FileManager.default.temporaryDirectory.appending(
            path: "federation-demo-\(process)-\(UInt32.random(in: 0...UInt32.max))",
            directoryHint: .isDirectory
        )
        root = output ?? temporary
        isKept = output != nil || keep
    }

    /// Makes the folder; one that is there must be empty.
    ///
    /// - Throws: ``DemoError`` `badInput` saying what the folder holds, or that it cannot be written.
    func prepare() throws {
        let manager = FileManager.default
        var isFolder: ObjCBool = false
        if unsafe manager.fileExists(atPath: root.path, isDirectory: &isFolder), !isFolder.boolValue
        {
            throw DemoError(
                .badInput,
                "\(root.path) is a file",
                hint: "name a folder with --output"
            )
        }
        let entries = try? manager.contentsOfDirectory(atPath: root.path)
        if let entries, !entries.isEmpty { throw occupied(entries) }
        do {
            try manager.createDirectory(
                at: root.appending(path: "logs"),
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw DemoError(
                .badInput,
                "\(root.path) cannot be written",
                hint: "name a folder with --output that you may write to"
            )
        }
    }

    private func occupied(_ entries: [String]) -> DemoError {
        guard entries.contains("coordinator"), entries.contains("sites") else {
            return DemoError(
                .badInput,
                "\(root.path) is not empty",
                hint: "name a new folder with --output; nothing is written over"
            )
        }
        let page = root.appending(path: "comparison.html")
        let isFinished = entries.contains(page.lastPathComponent)
        return DemoError(
            .badInput,
            "\(root.path) holds \(isFinished ? "a finished demo" : "a demo that did not finish")",
            hint: (isFinished ? "look at \(page.path), or " : "")
                + "name a new folder with --output, or remove this one:"
                + " a demo always starts from nothing"
        )
    }

    /// Runs `body` with the folder and says on stderr what was kept, also after a failure or an interruption.
    package func using(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let error as DemoError {
            finish(after: error.kind)
            throw error
        } catch {
            finish(after: .failed)
            throw error
        }
        finish(after: nil)
    }

    private func finish(after kind: DemoError.Kind?) {
        switch kind {
        case .badInput: return
        case .failed: say("the demo did not finish; everything it made is in \(root.path)")
        case .interrupted where isKept:
            say("the demo did not finish; everything it made is in \(root.path)")
        case .interrupted:
            remove()
            say("the demo did not finish; nothing was kept (--keep or --output keeps everything)")
        case nil where isKept: say("everything is in \(root.path)")
        case nil:
            remove()
            say("nothing was kept (--keep or --output DIR keeps everything)")
        }
    }

    private func remove() {
        do {
            try FileManager.default.removeItem(at: root)
        } catch {
            say("\(root.path) could not be removed: remove it by hand")
        }
    }

    private func say(_ words: String) {
        // A closed pipe is the reader's choice, not an error of ours.
        try? FileHandle.standardError.write(contentsOf: Data((words + "\n").utf8))
    }
}
