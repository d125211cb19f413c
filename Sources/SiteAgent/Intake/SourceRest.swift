import Foundation

/// Tells files that may still be written to from those at rest.
struct SourceRest {
    private let unsettled: Set<String>?
    private let rest: Duration
    private let now: Date
    /// What the look before saw of files that were moving then.
    private var seen: [String: String] = [:]

    /// `unsettled` has absolute paths, where somebody watches the folder; `rest` is how long a file
    /// must not have changed.
    init(unsettled: Set<String>?, rest: Duration, now: Date = Date()) {
        self.unsettled = unsettled
        self.rest = rest
        self.now = now
    }

    /// Whether a file may still be written to.
    ///
    /// One that changed lately counts as such, or whose time lies in the future, as on a share whose
    /// clock differs; it rests when the next look finds it as this one did.
    mutating func isMoving(_ file: HospitalFolder.File, in source: SourceRoots.Root) -> Bool {
        let path = source.folder.appending(path: file.path).path
        if let unsettled { return unsettled.contains(path) }
        // What comes into the inbox is whole as soon as it is seen.
        guard rest > .zero, source.isRequired, file.exclusion == nil,
            file.modified > now.addingTimeInterval(-(rest / .seconds(1)))
        else {
            return false
        }
        if seen[path] == file.fingerprint { return false }
        seen[path] = file.fingerprint
        return true
    }
}
