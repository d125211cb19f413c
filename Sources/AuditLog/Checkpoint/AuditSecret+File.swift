package import Foundation

extension AuditSecret {
    /// Reads the secret's file, which only its owner may be able to read.
    ///
    /// - Throws: `fileAccess` if it cannot be read, `openToOthers` if others could.
    package init(contentsOf url: URL) throws(AuditLogError) {
        let name = url.lastPathComponent
        let attributes = try? FileManager.default.attributesOfItem(atPath: url.path)
        guard let mode = attributes?[.posixPermissions] as? Int,
            let data = try? Data(contentsOf: url)
        else { throw AuditLogError(.fileAccess, field: name) }
        guard mode & 0o077 == 0 else { throw AuditLogError(.openToOthers, field: name) }
        try self.init(bytes: data)
    }
}
