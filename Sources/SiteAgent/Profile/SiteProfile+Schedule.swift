import Federation
import Foundation

extension SiteProfile {
    /// How models and updates move.
    package struct Transfer: Sendable, Hashable, Codable {
        /// The most that is sent, such as `2 Mbit/s`; nil for no cap.
        package var up: String?
        /// The most that is fetched; nil for no cap.
        package var down: String?
        /// When they move, as ``WeeklyHours``; nil for always.
        package var hours: [String]?

        init(reading reader: inout SectionReader) {
            up = Self.rate("up", &reader)
            down = Self.rate("down", &reader)
            hours = SiteProfile.hours(&reader)
        }

        private static func rate(_ key: String, _ reader: inout SectionReader) -> String? {
            let text = reader.text(key, lengthMax: 40, default: "")
            guard !text.isEmpty else { return nil }
            do {
                _ = try DataRate(text)
            } catch {
                reader.report(.wrongType, key, "\(error.message): \(error.hint ?? "")")
            }
            return text
        }
    }

    /// When the site's machine trains and scores.
    package struct Training: Sendable, Hashable, Codable {
        /// As ``WeeklyHours``; nil for always.
        package var hours: [String]?

        init(reading reader: inout SectionReader) { hours = SiteProfile.hours(&reader) }
    }

    private static func hours(_ reader: inout SectionReader) -> [String]? {
        guard reader.has("hours") else {
            _ = reader.texts("hours", count: 0...1, lengthMax: 40)
            return nil
        }
        return reader.hours("hours", .current).text
    }

    /// The time zone of a profile's hours; the machine's where none is named.
    ///
    /// - Throws: ``AgentError`` `bad-configuration`.
    static func timeZone(_ name: String?) throws(AgentError) -> TimeZone {
        guard let name else { return .current }
        guard let zone = TimeZone(identifier: name) else {
            throw AgentError(.badConfiguration, "\(name) is no time zone, as Europe/Berlin is")
        }
        return zone
    }
}
