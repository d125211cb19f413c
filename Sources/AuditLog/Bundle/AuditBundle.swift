package import Foundation

/// A log in one file, for an auditor: a first line, the signed checkpoints, then the records.
///
///     fed-audit-bundle/1 <name of the log>
///     checkpoint <bytes>
///     … as many bytes of a note, ending in a newline
///     {"act":…}        one record a line, exactly as stored
///
/// Checkpoints come first, so that one reading suffices whatever the length of the log.
package enum AuditBundle {
    /// The word of the first line.
    static let format = "fed-audit-bundle/1"

    /// Whether the bytes are a canonical record; the act is not looked up in the list.
    package static func isRecord(_ leaf: [UInt8]) -> Bool { LeafScanner.scan(leaf) != nil }

    /// Writes a bundle piece by piece.
    package struct Writer: ~Copyable {
        private let handle: FileHandle
        private var buffer: [UInt8]

        /// Begins a bundle; throws `fileAccess`.
        package init(
            to url: URL,
            log: String,
            checkpoints: [[UInt8]]
        ) throws(AuditLogError) {
            guard FileManager.default.createFile(atPath: url.path, contents: nil),
                let handle = try? FileHandle(forWritingTo: url)
            else { throw AuditLogError(.fileAccess, field: url.lastPathComponent) }
            self.handle = handle
            buffer = Array("\(AuditBundle.format) \(log)\n".utf8)
            for bytes in checkpoints {
                buffer += Array("checkpoint \(bytes.count)\n".utf8) + bytes
            }
        }

        /// Appends the next record.
        package mutating func append(_ leaf: [UInt8]) throws(AuditLogError) {
            buffer += leaf
            buffer.append(10)
            if buffer.count > 1 << 20 { try flush() }
        }

        /// Ends the bundle and makes it durable.
        package mutating func finish() throws(AuditLogError) {
            try flush()
            do {
                try handle.synchronize()
                try handle.close()
            } catch {
                throw AuditLogError(.fileAccess)
            }
        }

        private mutating func flush() throws(AuditLogError) {
            do {
                try handle.write(contentsOf: Data(buffer))
            } catch {
                throw AuditLogError(.fileAccess)
            }
            buffer.removeAll(keepingCapacity: true)
        }
    }
}
