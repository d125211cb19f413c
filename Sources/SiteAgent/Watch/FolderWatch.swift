/// Tells from one look at a folder after another when files are at rest, as a value.
///
/// Looks are compared, not announced by the kernel: the shares that hospitals export to (NFS, SMB) tell
/// nothing of what other machines write.
package struct FolderWatch: Sendable {
    /// A file as one look found it.
    package struct File: Sendable, Hashable {
        /// Its absolute path.
        package let path: String
        /// Size and time of change; another fingerprint is a changed file.
        package let fingerprint: String
        /// How long ago it changed by its own time of change; negative if that lies ahead.
        package let age: Duration

        /// A file.
        package init(path: String, fingerprint: String, age: Duration) {
            self.path = path
            self.fingerprint = fingerprint
            self.age = age
        }
    }

    /// Something is there to be taken in.
    package struct Ready: Sendable, Hashable {
        /// Files that rest and are new or changed, or that are gone, since this was told last.
        package let files: Int
        /// Absolute paths of files that may still be written to.
        package let unsettled: Set<String>
    }

    private struct Sighting: Sendable {
        var fingerprint: String
        /// When this fingerprint was seen first; nil for a file that rested when it was found.
        var since: Duration?
    }

    private let rest: Duration
    private var sightings: [String: Sighting] = [:]
    private var told: [String: String] = [:]

    /// A watch that takes a file for whole when it has not changed for `rest`.
    package init(rest: Duration) { self.rest = rest }

    /// Takes a look at the whole folder.
    ///
    /// - Parameters:
    ///   - files: Every file there is.
    ///   - now: A time that only goes forward.
    /// - Returns: What is ready; nil if nothing is that was not told before.
    package mutating func look(_ files: [File], at now: Duration) -> Ready? {
        var current: [String: Sighting] = [:]
        var resting: [String: String] = [:]
        var unsettled: Set<String> = []
        for file in files {
            let sighting = sighting(of: file, at: now)
            current[file.path] = sighting
            if sighting.since.map({ now - $0 >= rest }) ?? true {
                resting[file.path] = file.fingerprint
            } else {
                unsettled.insert(file.path)
            }
        }
        sightings = current
        // A file that is being replaced is neither new nor gone until it rests again.
        let known = told.filter { !unsettled.contains($0.key) }
        let changed = resting.count { known[$0.key] != $0.value }
        let gone = known.keys.count { resting[$0] == nil }
        guard changed + gone > 0 else { return nil }
        told = resting.merging(told.filter { unsettled.contains($0.key) }) { first, _ in first }
        return Ready(files: changed + gone, unsettled: unsettled)
    }

    private func sighting(of file: File, at now: Duration) -> Sighting {
        if let known = sightings[file.path], known.fingerprint == file.fingerprint { return known }
        // Its own time is believed once: when it is found. Later changes were seen to happen.
        let isOld = sightings[file.path] == nil && file.age >= rest
        return Sighting(fingerprint: file.fingerprint, since: isOld ? nil : now)
    }
}
