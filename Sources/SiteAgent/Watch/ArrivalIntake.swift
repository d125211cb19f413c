package import DICOM
package import SiteStore

/// Runs the intake whenever files are at rest that it has not seen (`fedagent serve`).
package struct ArrivalIntake: Sendable {
    private let folder: SiteFolder
    private let softwareVersion: String
    private let decoder: any FrameDecoding
    private let emit: @Sendable (AgentEvent) -> Void

    /// An intake for a site.
    package init(
        folder: SiteFolder,
        softwareVersion: String,
        decoder: any FrameDecoding,
        emit: @escaping @Sendable (AgentEvent) -> Void
    ) {
        self.folder = folder
        self.softwareVersion = softwareVersion
        self.decoder = decoder
        self.emit = emit
    }

    /// Watches until the task is cancelled; what fails is told and tried again with the next change.
    ///
    /// - Parameters:
    ///   - store: The site's database.
    ///   - lock: The right to work on the folder.
    /// - Throws: `CancellationError`, ``AgentError`` if the profile cannot be read, or what the
    ///   database throws.
    package func run(into store: SiteStore, holding lock: SiteLock) async throws {
        let profile = try SiteProfile.read(from: folder.profile)
        let watcher = FolderWatcher(roots: try SourceRoots(folder: folder, profile: profile))
        try await watcher.run { change in
            switch change {
            case .unreadable(let reason): emit(.warning(reason))
            case .ready(let ready):
                do {
                    try await SiteIntake(
                        folder: folder,
                        profile: profile,
                        softwareVersion: softwareVersion,
                        decoder: decoder,
                        report: emit
                    ).run(into: store, holding: lock, leaving: ready.unsettled)
                } catch let error as AgentError {
                    emit(.warning("the intake could not be finished: \(error)"))
                }
            }
        }
    }
}
