/// A value as it left a site: shown, or withheld for a stated reason and never as 0.
///
/// As JSON `{"value": …}` or `{"withheld": {"state": …, "detail": …}}`.
package enum Reported<Value: Sendable & Hashable & Codable>: Sendable, Hashable {
    /// The value is shown.
    case value(Value)
    /// The value is not shown.
    case withheld(Withheld)

    /// Makes a withheld value.
    package static func withheld(
        _ state: WithheldState,
        _ detail: WithheldDetail? = nil
    ) -> Reported {
        .withheld(Withheld(state, detail))
    }

    /// The value if it is shown.
    package var value: Value? {
        if case .value(let value) = self { value } else { nil }
    }

    /// The reason if it is not shown.
    package var withheld: Withheld? {
        if case .withheld(let reason) = self { reason } else { nil }
    }

    /// The same state with a value of another type.
    package func map<Other>(_ transform: (Value) -> Other) -> Reported<Other> {
        switch self {
        case .value(let value): .value(transform(value))
        case .withheld(let reason): .withheld(reason)
        }
    }

    /// The result of a further step that may withhold too.
    package func flatMap<Other>(_ transform: (Value) -> Reported<Other>) -> Reported<Other> {
        switch self {
        case .value(let value): transform(value)
        case .withheld(let reason): .withheld(reason)
        }
    }
}

extension Reported: Codable {
    private enum CodingKeys: String, CodingKey { case value, withheld }

    /// Decodes either form; both or neither is an error.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard container.allKeys.count == 1 else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "needs exactly one of value and withheld"
                )
            )
        }
        self =
            container.contains(.value)
            ? .value(try container.decode(Value.self, forKey: .value))
            : .withheld(try container.decode(Withheld.self, forKey: .withheld))
    }

    /// Encodes one member, `value` or `withheld`.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .value(let value): try container.encode(value, forKey: .value)
        case .withheld(let reason): try container.encode(reason, forKey: .withheld)
        }
    }
}
