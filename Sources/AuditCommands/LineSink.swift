import AuditLog
import Foundation
import Synchronization

/// Lines to a file that is there only when it is whole, or to standard output.
final class LineSink: Sendable {
    private let handle: FileHandle
    private let target: URL?
    private let buffer = Mutex<[UInt8]>([])

    init(_ path: String) throws {
        guard path != "-" else {
            (handle, target) = (.standardOutput, nil)
            return
        }
        let url = URL(filePath: path)
        let part = url.appendingPathExtension("part")
        guard
            FileManager.default.createFile(
                atPath: part.path,
                contents: nil,
                attributes: [.posixPermissions: 0o600]
            ), let handle = try? FileHandle(forWritingTo: part)
        else { throw AuditLogError(.fileAccess, field: path) }
        (self.handle, target) = (handle, url)
    }

    func write(_ line: [UInt8]) throws {
        try buffer.withLock { buffer in
            buffer += line
            buffer.append(UInt8(ascii: "\n"))
            guard buffer.count > 1 << 18 else { return }
            try handle.write(contentsOf: Data(buffer))
            buffer.removeAll(keepingCapacity: true)
        }
    }

    func finish() throws {
        try buffer.withLock { try handle.write(contentsOf: Data($0)) }
        guard let target else { return }
        try handle.synchronize()
        try handle.close()
        let part = target.appendingPathExtension("part")
        guard unsafe rename(part.path, target.path) == 0 else {
            throw AuditLogError(.fileAccess, field: target.path)
        }
    }
}
