/// The part of the file system that a confined program sees; paths that do not exist are left out.
package struct FileAccess: Hashable, Sendable {
    /// Files and folders whose contents may be read and executed.
    package var readable: [String]
    /// Folders in which files may also be made, written and removed.
    package var writable: [String]

    /// Takes the paths.
    package init(readable: [String], writable: [String] = []) {
        self.readable = readable
        self.writable = writable
    }

    /// Where Debian keeps programs, their libraries and their data.
    package static let systemFolders = [
        "/usr", "/bin", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/ld.so.preload",
        "/etc/alternatives",
    ]
}
