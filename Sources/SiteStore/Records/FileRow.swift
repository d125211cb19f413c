import GRDB

/// A file of the hospital's folder and how far it came; its name is keyed, so that only this site
/// can find it again.
package struct FileRow: Sendable, Hashable, Codable, FetchableRecord, PersistableRecord {
    /// How far a file has come.
    package enum State: String, Sendable, Hashable, Codable, CaseIterable, DatabaseValueConvertible
    {
        /// It is in the folder and has not been looked at, or not since it changed.
        case found
        /// Its header was read and it is wanted.
        case read
        /// A de-identified copy is written.
        case deidentified
        /// The copy was searched for what identified the original, and nothing was found.
        case verified
        /// It is a slice of an exam of the cohort.
        case cohort
        /// It is held back, with a reason.
        case quarantined
    }

    /// The table.
    package static let databaseTableName = "file"

    /// HMAC of the file's path under the site's key.
    package var name: String
    /// Size and time of change: another fingerprint is another file.
    package var fingerprint: String
    /// The program and version that decided.
    package var tool: String
    /// The digest of the profile by which it decided.
    package var profileDigest: String
    /// How far it came.
    package var state: State
    /// Why it is held back; nil in all other states.
    package var reason: String?
    /// What was found, never a value.
    package var detail = ""
    /// The patient's pseudonym.
    package var patient: String?
    /// The new Study Instance UID.
    package var studyUID: String?
    /// The new Series Instance UID.
    package var seriesUID: String?
    /// The new SOP Instance UID; the copy is named by it.
    package var sopInstanceUID: String?
    /// HMAC of the file's bytes under the site's key.
    package var inputDigest: String?
    /// SHA-256 of the de-identified copy.
    package var sha256: String?
    /// HMAC of the pixels; nil where they are too plain to tell two patients apart.
    package var pixelSHA256: String?

    /// A file that was found.
    package init(name: String, fingerprint: String, tool: String, profileDigest: String) {
        self.name = name
        self.fingerprint = fingerprint
        self.tool = tool
        self.profileDigest = profileDigest
        state = .found
    }

    /// The file held back for a reason; what is known of it stays.
    package func quarantined(_ reason: String, _ detail: String = "") -> FileRow {
        var row = self
        (row.state, row.reason, row.detail) = (.quarantined, reason, detail)
        return row
    }

    /// The file as if it had not been looked at yet.
    package var foundAgain: FileRow {
        FileRow(name: name, fingerprint: fingerprint, tool: tool, profileDigest: profileDigest)
    }

    /// The file as one whose copy is still to be made: it keeps patient, study and series.
    package var withoutCopy: FileRow {
        var row = foundAgain
        (row.patient, row.studyUID, row.seriesUID) = (patient, studyUID, seriesUID)
        return row
    }

    /// Whether there is a verified de-identified copy of it.
    package var isVerified: Bool { sopInstanceUID != nil && sha256 != nil }
}
