/// A key that may be any word, to see what a section of a YAML file really holds.
private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

extension Decoder {
    /// Refuses keys that are not in the list, so that a misspelt setting is not silently ignored.
    func refuseKeys<Key: CodingKey & CaseIterable>(otherThan known: Key.Type) throws {
        let names = Set(known.allCases.map(\.stringValue))
        let found = try container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
        guard let unknown = found.sorted().first(where: { !names.contains($0) }) else { return }
        throw DecodingError.dataCorrupted(
            .init(
                codingPath: codingPath,
                debugDescription:
                    "unknown key \(unknown); known are \(names.sorted().joined(separator: ", "))"
            )
        )
    }
}
