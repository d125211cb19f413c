/// Which runs go on now and which wait: several at once, but a site works for one at a time.
///
/// A pure value. Runs begin in the order they were submitted; a later run whose sites are free does
/// not wait for an earlier one whose sites are busy, unless they share a site.
package struct RunQueue: Sendable, Hashable, Codable {
    /// A run that waits or goes on.
    package struct Entry: Sendable, Hashable, Codable {
        /// The run.
        package let run: RunID
        /// Its sites, ascending.
        package let sites: [SiteID]
        /// Whether it goes on.
        package var isActive: Bool

        /// An entry.
        package init(run: RunID, sites: [SiteID], isActive: Bool) {
            self.run = run
            self.sites = sites.sorted()
            self.isActive = isActive
        }
    }

    /// The most runs at once.
    package let activeMax: Int
    /// The runs in the order they were submitted.
    package private(set) var entries: [Entry] = []

    /// A queue that lets so many runs go on at once; `entries` is what was in it before a restart.
    package init(activeMax: Int, entries: [Entry] = []) {
        precondition(activeMax >= 1, "a queue without a place")
        self.activeMax = activeMax
        self.entries = entries
    }

    /// Adds a run at the end; a run that is there already stays where it is.
    ///
    /// - Returns: the runs that begin now.
    package mutating func submit(_ run: RunID, sites: [SiteID]) -> [RunID] {
        guard !entries.contains(where: { $0.run == run }) else { return [] }
        entries.append(Entry(run: run, sites: sites.sorted(), isActive: false))
        return fill()
    }

    /// Takes a run out that is over, or that nobody wants any more.
    ///
    /// - Returns: the runs that begin now.
    package mutating func remove(_ run: RunID) -> [RunID] {
        entries.removeAll { $0.run == run }
        return fill()
    }

    /// How many runs stand before this one; 0 if it goes on, nil if it is not here.
    package func position(of run: RunID) -> Int? {
        guard let index = entries.firstIndex(where: { $0.run == run }) else { return nil }
        return entries[index].isActive ? 0 : entries[...index].count { !$0.isActive }
    }

    private mutating func fill() -> [RunID] {
        var begun: [RunID] = []
        // Sites of runs that wait are spoken for: who came first is not overtaken.
        var taken = Set(entries.filter(\.isActive).flatMap(\.sites))
        for index in entries.indices where !entries[index].isActive {
            let hasPlace = entries.count(where: \.isActive) < activeMax
            if hasPlace && taken.isDisjoint(with: entries[index].sites) {
                entries[index].isActive = true
                begun.append(entries[index].run)
            }
            taken.formUnion(entries[index].sites)
        }
        return begun
    }
}
