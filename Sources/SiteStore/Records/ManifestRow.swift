import GRDB

/// What the catalogue remembers of a study's signed manifest.
package struct ManifestRow: Sendable, Hashable, Codable, FetchableRecord, PersistableRecord {
    /// The table.
    package static let databaseTableName = "manifest"

    /// The new Study Instance UID.
    package var studyUID: String
    /// The Merkle root over the digests of the study's copies.
    package var root: String
    /// SHA-256 of the manifest's file.
    package var sha256: String
    /// The program and version that made it.
    package var tool: String
    /// The digest of the profile.
    package var profileDigest: String
    /// The copies it lists.
    package var files: Int
    /// When it was signed, milliseconds since 1970; the store sets it.
    package var milliseconds: Int64 = 0

    /// Makes a row.
    package init(
        studyUID: String,
        root: String,
        sha256: String,
        tool: String,
        profileDigest: String,
        files: Int
    ) {
        self.studyUID = studyUID
        self.root = root
        self.sha256 = sha256
        self.tool = tool
        self.profileDigest = profileDigest
        self.files = files
    }
}
