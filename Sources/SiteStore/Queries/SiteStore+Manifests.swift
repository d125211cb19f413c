import AuditLog
import AuditedDatabase
import GRDB

extension SiteStore {
    /// Keeps what became of a series and the manifest of its study, so that an interrupted intake
    /// goes on from there; the manifest's root goes into the audit log.
    ///
    /// `manifest` is nil if nothing of the study is released.
    package func record(
        _ files: [FileRow],
        series: SeriesRecordRow,
        manifest: ManifestRow?
    ) async throws {
        try await change { change in
            for row in files { try row.save(change.database) }
            try Self.audit(files, change)
            try series.save(change.database)
            guard var manifest else { return }
            manifest.milliseconds = change.now
            try manifest.save(change.database)
            try change.audit(
                AuditEntry(
                    .manifestSign,
                    by: .agent,
                    on: AuditObject("manifest", manifest.studyUID, sha256: manifest.sha256),
                    new: manifest.root,
                    count: manifest.files
                )
            )
        }
    }

    /// What is remembered of every manifest, ascending by study UID.
    package func manifests() async throws -> [ManifestRow] {
        try await read { try ManifestRow.order(Column("studyUID")).fetchAll($0) }
    }

    /// What was done to every series, ascending by series UID.
    package func seriesRecords() async throws -> [SeriesRecordRow] {
        try await read { try SeriesRecordRow.order(Column("seriesUID")).fetchAll($0) }
    }

    /// Removes what is kept of studies of which there is no copy, and of series without a file.
    static func forgetVanishedStudies(_ change: Change) throws {
        try change.execute(
            """
            DELETE FROM manifest WHERE studyUID NOT IN
                (SELECT studyUID FROM file WHERE sha256 IS NOT NULL AND studyUID IS NOT NULL);
            DELETE FROM seriesRecord WHERE seriesUID NOT IN
                (SELECT seriesUID FROM file WHERE seriesUID IS NOT NULL);
            """
        )
    }
}
