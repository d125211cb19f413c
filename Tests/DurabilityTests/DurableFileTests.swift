import Durability
import Foundation
import Testing

@Suite struct DurableFileTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "durable-\(UUID())")

    private func withFolder(_ body: () throws -> Void) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body()
    }

    @Test func `a file is replaced whole, for its owner only, and nothing stays beside it`() throws
    {
        try withFolder {
            let file = folder.appending(path: "seed")
            for text in ["old and longer", "new"] {
                try DurableFile.write(Array(text.utf8), to: file)
                #expect(try String(contentsOf: file, encoding: .utf8) == text)
            }
            let mode = try FileManager.default.attributesOfItem(atPath: file.path)
            #expect(mode[.posixPermissions] as? Int == 0o600)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["seed"])
        }
    }

    @Test func `a failure names the step, the path and the reason, and leaves the old content`()
        throws
    {
        try withFolder {
            let file = folder.appending(path: "none/file")
            let error = #expect(throws: StorageFailure.self) {
                try DurableFile.write([1], to: file)
            }
            #expect(error?.step == .create && error?.isFull == false)
            #expect(error?.description.contains("none/file.part cannot be created") == true)
            #expect(error?.description.contains("No such file") == true)
            let taken = folder.appending(path: "taken")
            try FileManager.default.createDirectory(at: taken, withIntermediateDirectories: true)
            let other = #expect(throws: StorageFailure.self) {
                try DurableFile.write([1], to: taken)
            }
            #expect(other?.step == .rename)
            #expect(StorageFailure(.write, "x", code: ENOSPC).isFull)
        }
    }

    @Test func `a folder is locked once and names who has it`() throws {
        try withFolder {
            let file = folder.appending(path: "lock")
            #expect(!FolderLock.isHeld(file))
            let lock = try FolderLock(file)
            #expect(FolderLock.isHeld(file))
            let process = Int(ProcessInfo.processInfo.processIdentifier)
            #expect(throws: FolderLock.Refusal.held(by: process)) { try FolderLock(file) }
            lock.release()
            lock.release()
            #expect(!FolderLock.isHeld(file))
            _ = try FolderLock(file)
            let nowhere = folder.appending(path: "none/lock")
            let reason = "No such file or directory"
            let refusal = FolderLock.Refusal.unusable(path: nowhere.path, reason: reason)
            #expect(throws: refusal) { try FolderLock(nowhere) }
        }
    }

    @Test func `the parent's end of a lifeline is not for children`() throws {
        let (child, parent) = try Lifeline.make()
        for end in [child, parent] {
            #expect(fcntl(end, F_GETFD) == FD_CLOEXEC)
            close(end)
        }
    }
}
