import Federation
package import Foundation
import Identity
import Yams

extension SiteProfile {
    /// Reads and checks a `site.yaml`.
    ///
    /// - Throws: ``AgentError`` `bad-configuration` naming every problem.
    package static func read(from url: URL) throws -> SiteProfile {
        guard let text = try? String(contentsOf: url, encoding: .utf8) else {
            throw AgentError(.badConfiguration, "\(url.path) cannot be read")
        }
        let profile: SiteProfile
        do {
            profile = try YAMLDecoder().decode(SiteProfile.self, from: text)
        } catch {
            throw AgentError(
                .badConfiguration,
                "\(url.path) is not a site profile: \(error)",
                hint: "Sites/README.md describes every key"
            )
        }
        let problems = profile.problems
        guard problems.isEmpty else {
            throw AgentError(
                .badConfiguration,
                "\(url.path): \(problems.joined(separator: "; "))"
            )
        }
        return profile
    }

    /// Writes the profile, as `fedagent init` takes it over.
    package func write(to folder: SiteFolder) throws {
        let text = try YAMLEncoder().encode(self)
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
        profile.labels?.path = labels.map { absolute($0.path) } ?? ""
        profile.masks?.path = masks.map { absolute($0.path) } ?? ""
        return profile
    }

    private var problems: [String] {
        var problems: [String] = []
        if !Party.isName(id) {
            problems.append("id: 1 to 63 of a-z, 0-9 and -, not - at the ends")
        }
        if name.isEmpty { problems.append("name: missing") }
        switch source.kind {
        case .folder where source.path == nil: problems.append("source.path: missing")
        case .simulated where source.simulation == nil:
            problems.append("source.simulation: missing")
        default: break
        }
        if disclosure.minimumCell < 1 { problems.append("disclosure.minimumCell: at least 1") }
        return problems
    }
}
