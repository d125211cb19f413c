import CanonicalJSON
package import Deidentification
import Federation
package import Foundation

/// The file of a study's signed manifest, `manifest.json` beside the study's copies.
package enum ManifestFile {
    /// Its name.
    package static let name = "manifest.json"

    /// The file in a study's folder.
    package static func url(in study: URL) -> URL { study.appending(path: name) }

    /// Its bytes: canonical JSON (RFC 8785) and a line's end.
    package static func bytes(_ manifest: SignedManifest) throws -> [UInt8] {
        try CanonicalEncoder().encode(manifest) + [0x0A]
    }

    /// Reads a manifest whose bytes are exactly what this program writes; nil for all else, so that
    /// nothing can hide in a member that is not read.
    package static func manifest(of bytes: [UInt8]) -> SignedManifest? {
        guard let signed = try? CanonicalDecoder().decode(SignedManifest.self, from: bytes),
            (try? Self.bytes(signed)) == bytes
        else { return nil }
        return signed
    }

    /// The files of a manifest that are missing below a study's folder, or are not what it says.
    package static func damagedFiles(of manifest: StudyManifest, in study: URL) -> [String] {
        manifest.files.filter { file in
            let url = study.appending(path: file.path)
            guard let data = try? Data(contentsOf: url, options: .mappedIfSafe) else { return true }
            return SHA256Digest(hashing: data).rawValue != file.outputDigest
        }.map(\.path)
    }
}
