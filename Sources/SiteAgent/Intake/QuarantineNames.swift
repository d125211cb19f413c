package import Deidentification

/// Keyed names of files: only this site can tell which file is meant.
package struct QuarantineNames: Sendable {
    private let map: IdentifierMap

    /// Names under a site's key.
    package init(map: IdentifierMap) { self.map = map }

    /// The name of the file at a path below the source folder.
    package func name(of path: String) -> String { map.pseudonym(patientID: path, issuer: "file") }
}
