package import Foundation

/// What the user asked `fedcoordinator demo` for.
package struct DemoOptions: Sendable {
    /// The folder with one `<site>/site.yaml` a site, and `plan.yaml`.
    package var sites: URL
    /// Where the relative paths of the profiles begin; nil for simulated sites.
    package var data: URL?
    /// The empty folder everything is written to.
    package var folder: DemoFolder
    /// Instead of the plan's number of rounds.
    package var rounds: Int?
    /// Instead of the plan's seed; also of the simulated hospitals.
    package var seed: UInt64?
    /// Write progress as JSON lines and end with the comparison as JSON.
    package var json: Bool
    /// The folder of the programs.
    package var programs: URL

    /// Collects the options.
    package init(
        sites: URL,
        data: URL?,
        folder: DemoFolder,
        rounds: Int?,
        seed: UInt64?,
        json: Bool,
        programs: URL
    ) {
        self.sites = sites
        self.data = data
        self.folder = folder
        self.rounds = rounds
        self.seed = seed
        self.json = json
        self.programs = programs
    }

    /// The folder everything is written to.
    var output: URL { folder.root }
}
