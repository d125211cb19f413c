extension DisclosurePolicy: Codable {
    private enum CodingKeys: String, CodingKey {
        case minimumCell, showsZero, minimumPositives, minimumNegatives, minimumCases
        case countBands, rateDecimals, scoreDecimals, allowed
    }

    /// Decodes a policy; absent keys keep the defaults, impossible values are errors.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func read<Value: Decodable>(_ key: CodingKeys, into value: inout Value) throws {
            value = try container.decodeIfPresent(Value.self, forKey: key) ?? value
        }
        self.init()
        try read(.minimumCell, into: &minimumCell)
        try read(.showsZero, into: &showsZero)
        try read(.minimumPositives, into: &minimumPositives)
        try read(.minimumNegatives, into: &minimumNegatives)
        try read(.minimumCases, into: &minimumCases)
        try read(.countBands, into: &countBands)
        try read(.rateDecimals, into: &rateDecimals)
        try read(.scoreDecimals, into: &scoreDecimals)
        let names = try container.decodeIfPresent([MetricKind].self, forKey: .allowed)
        allowed = names.map(Set.init)
        guard isPossible else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "minimums are 1 or more; bands ascend from 0"
                )
            )
        }
    }

    /// Encodes every rule, the allowed metrics in alphabetical order.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(minimumCell, forKey: .minimumCell)
        try container.encode(showsZero, forKey: .showsZero)
        try container.encode(minimumPositives, forKey: .minimumPositives)
        try container.encode(minimumNegatives, forKey: .minimumNegatives)
        try container.encode(minimumCases, forKey: .minimumCases)
        try container.encodeIfPresent(countBands, forKey: .countBands)
        try container.encode(rateDecimals, forKey: .rateDecimals)
        try container.encode(scoreDecimals, forKey: .scoreDecimals)
        try container.encodeIfPresent(
            allowed?.sorted { $0.rawValue < $1.rawValue },
            forKey: .allowed
        )
    }

    private var isPossible: Bool {
        let minimums = [minimumCell, minimumPositives, minimumNegatives, minimumCases]
        let bands = countBands ?? [0]
        return minimums.allSatisfy { $0 >= 1 } && bands.first == 0
            && zip(bands, bands.dropFirst()).allSatisfy { $0 < $1 }
            && (0...12).contains(rateDecimals) && (0...12).contains(scoreDecimals)
    }
}
