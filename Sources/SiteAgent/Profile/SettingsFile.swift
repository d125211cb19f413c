import CanonicalJSON
import Federation
import Foundation

/// A YAML file of settings that a site's admin writes.
enum SettingsFile {
    /// Reads the file's text.
    ///
    /// - Throws: ``AgentError`` `bad-configuration`.
    static func text(of url: URL, hint: String) throws(AgentError) -> String {
        guard let text = try? String(contentsOf: url, encoding: .utf8) else {
            throw AgentError(.badConfiguration, "\(url.path) cannot be read", hint: hint)
        }
        return text
    }

    /// Reads settings from the text of a file.
    ///
    /// - Throws: ``AgentError`` `bad-configuration`: a line `file:line: key: what is wrong` for each
    ///   problem.
    static func read<Settings>(
        _ text: String,
        of url: URL,
        hint: String,
        _ body: (JSONValue) throws(PlanError) -> Settings
    ) throws(AgentError) -> Settings {
        do throws(PlanError) {
            return try body(try YAMLDocument.parse(text))
        } catch {
            let lines = YAMLLines(text)
            let problems = error.problems.map { problem in
                let place = lines.line(of: problem.path).map { ":\($0)" } ?? ""
                return "\(url.path)\(place): \(problem.description)"
            }
            throw AgentError(
                .badConfiguration,
                problems.joined(separator: "\n"),
                hint: hint
            )
        }
    }
}
