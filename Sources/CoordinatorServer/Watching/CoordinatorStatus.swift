import AuditedDatabase
import CoordinatorStore
import Durability
import Foundation

/// How a coordinator's folder is: who serves it, what lies in it, and whether there is room.
package struct CoordinatorStatus: Sendable, Hashable, Codable {
    /// Whether a process serves the folder.
    package let isServed: Bool
    /// Runs by status.
    package let runs: [String: Int]
    /// Models and updates that are kept.
    package let keptBlobs: Int
    /// Their bytes.
    package let keptBytes: Int
    /// Models and updates that nobody needed any more and that were deleted.
    package let deletedBlobs: Int
    /// Bytes of uploads in progress.
    package let uploadBytes: Int
    /// Bytes of files that are kept to be overwritten; given back when room is short.
    package let spareBytes: Int
    /// Bytes that may still be written.
    package let freeBytes: Int?
    /// Whether no update is taken for want of room.
    package let isReadOnly: Bool
    /// The size of the audit log.
    package let auditRecords: Int64
}

extension FederationOperator {
    /// Whether a process serves the folder.
    package var isServed: Bool { CoordinatorLock.isHeld(folder) }

    /// How the folder is now.
    package func status() async throws -> CoordinatorStatus {
        let blobs = try await store.blobs()
        let kept = blobs.filter { !$0.isDeleted }
        let directory = try BlobDirectory(folder: folder.blobs)
        let sizes = kept.compactMap { directory.size($0.sha256) }
        let runs = try await runs()
        let largest = kept.filter(\.isModel).compactMap { directory.size($0.sha256) }.max() ?? 0
        let free = DiskSpace.free(at: folder.root)
        return CoordinatorStatus(
            isServed: isServed,
            runs: Dictionary(grouping: runs, by: \.status).mapValues(\.count),
            keptBlobs: kept.count,
            keptBytes: sizes.reduce(0, +),
            deletedBlobs: blobs.count - kept.count,
            uploadBytes: Self.bytes(below: folder.uploads),
            spareBytes: Self.bytes(below: folder.blobs.appending(path: "spare")),
            freeBytes: free,
            isReadOnly: free.map { $0 < 2 * largest } ?? false,
            auditRecords: try await store.auditSize()
        )
    }

    static func milliseconds() -> Int64 {
        Int64((Date().timeIntervalSince1970 * 1000).rounded())
    }

    private static func bytes(below folder: URL) -> Int {
        guard
            let files = FileManager.default.enumerator(
                at: folder,
                includingPropertiesForKeys: [.fileSizeKey]
            )
        else { return 0 }
        return files.reduce(0) { sum, file in
            let values = try? (file as? URL)?.resourceValues(forKeys: [.fileSizeKey])
            return sum + (values?.fileSize ?? 0)
        }
    }
}
