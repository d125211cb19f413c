package import Foundation

/// The room on the disk of a folder.
package enum DiskSpace {
    /// Bytes that this user may still write; nil where the system does not say.
    package static func free(at folder: URL) -> Int? {
        var figures = statvfs()
        guard unsafe statvfs(folder.path, &figures) == 0 else { return nil }
        return Int(figures.f_bavail) * Int(figures.f_frsize)
    }
}
