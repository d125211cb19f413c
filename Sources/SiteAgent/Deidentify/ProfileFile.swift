package import Deidentification
import Foundation
import Yams

/// A profile as a site writes it down.
package enum ProfileFile {
    /// Reads `name`, `options` (keywords or codes), `selection` (`head` or `any-ct`) and `faces`
    /// (`face` or `brain-only`).
    ///
    /// Without a path, the profile for every CT image. `keepsFaces` takes the option out that
    /// removes them.
    ///
    /// - Throws: ``AgentError`` `bad-configuration`.
    package static func read(_ path: String?, keepsFaces: Bool) throws -> DeidentificationProfile {
        let profile = try path.map(read) ?? .standalone
        let faces = DeidentificationProfile.Option.cleanRecognizableVisualFeatures
        guard keepsFaces, profile.options.contains(faces) else { return profile }
        return try DeidentificationProfile(
            name: profile.name,
            options: profile.options.subtracting([faces]),
            selection: profile.selection
        )
    }

    private static func read(_ path: String) throws -> DeidentificationProfile {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw AgentError(.badConfiguration, "the profile \(path) cannot be read")
        }
        do {
            return try YAMLDecoder().decode(DeidentificationProfile.self, from: text)
        } catch {
            let reason =
                (error as? DecodingError).flatMap(Self.underlying) ?? "\(error)"
            throw AgentError(.badConfiguration, "the profile \(path) cannot be used: \(reason)")
        }
    }

    private static func underlying(_ error: DecodingError) -> String? {
        switch error {
        case .dataCorrupted(let context):
            context.underlyingError.map { "\($0)" } ?? context.debugDescription
        case .keyNotFound(let key, _): "`\(key.stringValue)` is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            context.debugDescription
        @unknown default: nil
        }
    }
}
