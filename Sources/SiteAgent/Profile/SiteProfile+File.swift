import Federation
package import Foundation
import Identity
import Yams

extension SiteProfile {
    /// Reads and checks a `site.yaml`.
    ///
    /// - Throws: ``AgentError`` `bad-configuration`: a line `file:line: key: what is wrong` for each
    ///   problem.
    package static func read(from url: URL) throws -> SiteProfile {
        let text = try SettingsFile.text(
            of: url,
            hint: "check the path and that the file belongs to this user"
        )
        return try SettingsFile.read(text, of: url, hint: hint) { value throws(PlanError) in
            try SiteProfileReader().read(value)
        }
    }

    private static let hint = "Sites/README.md describes every key of site.yaml"

    /// Writes the profile, as `fedagent init` takes it over.
    ///
    /// - Throws: ``AgentError`` `bad-configuration` with every problem, before anything is written.
    package func write(to folder: SiteFolder) throws {
        let text = try YAMLEncoder().encode(self)
        do throws(PlanError) {
            _ = try SiteProfileReader().read(try YAMLDocument.parse(text))
        } catch {
            throw AgentError(
                .badConfiguration,
                error.problems.map(\.description).joined(separator: "\n"),
                hint: Self.hint
            )
        }
        try OwnerOnlyFile.write(Data(text.utf8), to: folder.profile)
    }

    /// The SHA-256 of the profile in force, for the audit log.
    package static func digest(in folder: SiteFolder) throws -> String {
        SHA256Digest(hashing: try Data(contentsOf: folder.profile)).rawValue
    }

    /// The profile with its relative paths resolved against a data folder.
    package func resolved(against data: URL) -> SiteProfile {
        func absolute(_ path: String) -> String {
            path.hasPrefix("/") ? path : data.appending(path: path).standardizedFileURL.path
        }
        var profile = self
        let exported = source.kind == .simulated ? "dicom" : nil
        profile.source.path = (source.path ?? exported).map(absolute)
        profile.recipients = recipients?.map(absolute)
        profile.source.dicomweb = source.dicomweb?.resolved(absolute)
        profile.source.receiver = source.receiver?.resolved(absolute)
        if let labels { profile.labels?.path = absolute(labels.path) }
        if let masks { profile.masks?.path = absolute(masks.path) }
        if let path = deidentification?.profile {
            profile.deidentification?.profile = absolute(path)
        }
        return profile
    }
}
