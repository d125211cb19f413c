/// What a label or a logit is about; the raw value is the index of the logit and the class code in
/// masks.
///
/// The order is that of the BHSD masks (1 EDH ... 5 SDH), with "any haemorrhage" in front.
package enum HaemorrhageType: Int, Sendable, Hashable, CaseIterable, Comparable {
    case any = 0
    case epidural = 1
    case intraparenchymal = 2
    case intraventricular = 3
    case subarachnoid = 4
    case subdural = 5

    /// The five types without "any", in the order of their codes.
    package static let subtypes: [HaemorrhageType] = [
        .epidural, .intraparenchymal, .intraventricular, .subarachnoid, .subdural,
    ]

    /// The name in label files, plans and stored records, for example "intraparenchymal".
    package var name: String {
        switch self {
        case .any: "any"
        case .epidural: "epidural"
        case .intraparenchymal: "intraparenchymal"
        case .intraventricular: "intraventricular"
        case .subarachnoid: "subarachnoid"
        case .subdural: "subdural"
        }
    }

    /// The customary abbreviation, for example "IPH"; "ICH" for any.
    package var abbreviation: String {
        switch self {
        case .any: "ICH"
        case .epidural: "EDH"
        case .intraparenchymal: "IPH"
        case .intraventricular: "IVH"
        case .subarachnoid: "SAH"
        case .subdural: "SDH"
        }
    }

    /// The type with the given name, or nil.
    package init?(name: some StringProtocol) {
        let name = name.lowercased()
        guard let match = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = match
    }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension HaemorrhageType: Codable, CodingKeyRepresentable {
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    package var codingKey: any CodingKey { Key(stringValue: name) }

    /// The type of a key's name; nil for a name that is none.
    package init?(codingKey: some CodingKey) { self.init(name: codingKey.stringValue) }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let name = try container.decode(String.self)
        guard let type = HaemorrhageType(name: name) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "not a haemorrhage type"
            )
        }
        self = type
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }
}
