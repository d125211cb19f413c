package import Deidentification
package import Foundation

/// Shows what would become of the series of a folder, without writing them.
package struct FolderPreview: Sendable {
    private let deidentifier: SeriesDeidentifier

    /// Prepares a preview.
    package init(deidentifier: SeriesDeidentifier) { self.deidentifier = deidentifier }

    /// The previews of all series at a place, largest first.
    ///
    /// - Throws: ``AgentError`` `bad-input` if there is nothing.
    package func series(at input: URL) async throws -> [SeriesPreview] {
        let sources = try RunSource.all(at: input, exceptBelow: input.appending(path: ".none"))
        guard !sources.isEmpty else {
            throw AgentError(.badInput, "there is no file at \(input.path)")
        }
        let threads = WorkThreads(count: 1)
        var groups: [String: [RunSource]] = [:]
        try await threads.inOrder(sources.count) { number in
            RunSeries.text(of: sources[number])
        } deliver: { number, name in
            groups[name, default: []].append(sources[number])
        }
        let ordered = groups.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        let deidentifier = deidentifier
        var previews: [SeriesPreview] = []
        try await threads.inOrder(ordered.count) { number in
            deidentifier.preview(
                ordered[number].value.map { source in
                    SeriesFile { () throws(QuarantineReason) in try source.bytes() }
                }
            )
        } deliver: { _, preview in
            previews.append(preview)
        }
        return previews
    }

    /// Writes the pictures of previews, those of each series under its number.
    ///
    /// - Returns: The paths.
    /// - Throws: ``AgentError`` `bad-configuration` if they cannot be written.
    package func write(_ previews: [SeriesPreview], to folder: URL) throws -> [String] {
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            return try previews.enumerated().flatMap { number, preview in
                try preview.pictures.map { picture in
                    let url = folder.appending(path: "series-\(number + 1)-\(picture.name)")
                    try Data(picture.picture.png).write(to: url, options: .atomic)
                    return url.path
                }
            }
        } catch {
            throw AgentError(.badConfiguration, "\(folder.path) cannot be written to")
        }
    }
}
