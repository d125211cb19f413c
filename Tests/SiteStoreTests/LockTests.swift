import AuditedDatabase
import Foundation
import SiteStore
import Testing

@Suite struct LockTests {
    @Test func `a second store of the same file leaves the locks of the first`() throws {
        let fixture = try Fixture()
        let alone = try locks(on: fixture.file)
        #expect(!alone.isEmpty, "SQLite in WAL mode holds a shared lock while it is open")
        let second = try SiteStore(
            at: fixture.file,
            secret: Fixture.secret,
            clock: TestClock()
        )
        #expect(try locks(on: fixture.file) == alone)
        try second.database.close()
        #expect(try locks(on: fixture.file) == alone)
    }

    /// The POSIX locks of this process on the file, by kind and range (proc_locks(5)).
    private func locks(on file: URL) throws -> Set<String> {
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        let inode = try #require(attributes[.systemFileNumber] as? Int)
        let table = try String(contentsOfFile: "/proc/locks", encoding: .utf8)
        let process = "\(ProcessInfo.processInfo.processIdentifier)"
        return Set(
            table.split(separator: "\n").compactMap { line in
                let fields = line.split(separator: " ").map(String.init)
                guard fields.count >= 8, fields[1] == "POSIX", fields[4] == process,
                    fields[5].hasSuffix(":\(inode)")
                else { return nil }
                return ([fields[3]] + fields[6...]).joined(separator: " ")
            }
        )
    }
}
