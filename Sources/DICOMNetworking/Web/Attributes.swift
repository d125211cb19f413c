import DICOM
import Foundation

/// The attributes of one study, series or instance in the DICOM JSON model (PS3.18 annex F).
struct Attributes: Sendable, Hashable, Decodable {
    private let elements: [String: Element]

    private struct Element: Sendable, Hashable, Decodable {
        let values: [Value]?

        private enum CodingKeys: String, CodingKey { case values = "Value" }
    }

    /// A value as far as searches need it.
    private enum Value: Sendable, Hashable, Decodable {
        case text(String)
        case number(Double)
        case name(String)
        case other

        private enum CodingKeys: String, CodingKey { case alphabetic = "Alphabetic" }

        init(from decoder: any Decoder) throws {
            if let container = try? decoder.singleValueContainer() {
                if let text = try? container.decode(String.self) {
                    self = .text(text)
                    return
                }
                if let number = try? container.decode(Double.self) {
                    self = .number(number)
                    return
                }
            }
            let keyed = try? decoder.container(keyedBy: CodingKeys.self)
            let name = (try? keyed?.decodeIfPresent(String.self, forKey: .alphabetic)) ?? nil
            self = name.map { .name($0) } ?? .other
        }

        var text: String {
            switch self {
            case .text(let text), .name(let text): text
            case .number(let number): "\(number)"
            case .other: ""
            }
        }
    }

    init(from decoder: any Decoder) throws {
        elements = try [String: Element](from: decoder)
    }

    /// The first value as text without padding; nil if absent or empty.
    func text(_ tag: Tag) -> String? {
        guard
            let text = elements[Self.key(tag)]?.values?.first?.text
                .trimmingCharacters(in: .whitespaces), !text.isEmpty
        else { return nil }
        return text
    }

    /// The first value as a whole number; some servers write numbers as text.
    func int(_ tag: Tag) -> Int? {
        guard let value = elements[Self.key(tag)]?.values?.first else { return nil }
        if case .number(let number) = value { return Int(exactly: number) }
        return Int(value.text.trimmingCharacters(in: .whitespaces))
    }

    /// The first value as a UID; nil if it is none.
    func uid(_ tag: Tag) -> UniqueIdentifier? { text(tag).flatMap { UniqueIdentifier($0) } }

    /// All values of some attributes in one text: another text is another object.
    func digestText(_ tags: [Tag]) -> String {
        tags.map { tag in
            let values = elements[Self.key(tag)]?.values ?? []
            return Self.key(tag) + "=" + values.map(\.text).joined(separator: "\\")
        }.joined(separator: "\n")
    }

    /// The tags that are there, ascending, without those that differ from day to day.
    var tags: [Tag] {
        elements.keys.compactMap { UInt32($0, radix: 16) }.sorted().map { Tag(number: $0) }
            .filter { !Self.fleeting.contains($0) }
    }

    /// Retrieve AE Title and URL, Instance Availability, Timezone Offset, and the counts of related objects.
    private static let fleeting: Set<Tag> = [
        Tag(0x0008, 0x0054), Tag(0x0008, 0x0056), Tag(0x0008, 0x0061), Tag(0x0008, 0x0062),
        Tag(0x0008, 0x0201), Tag(0x0008, 0x1190), Tag(0x0020, 0x1206), Tag(0x0020, 0x1208),
        Tag(0x0020, 0x1209),
    ]

    private static func key(_ tag: Tag) -> String {
        let text = String(tag.number, radix: 16, uppercase: true)
        return String(repeating: "0", count: 8 - text.count) + text
    }
}
