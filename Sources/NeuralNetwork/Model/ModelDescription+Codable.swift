extension ModelDescription: Codable {
    private enum Architectures: String, Codable {
        case hybrid, m1, m2
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Reads `architecture` and the sizes that belong to it.
    ///
    /// - Throws: `DecodingError` for an unknown architecture, an unknown key or a wrong type;
    ///   `NeuralNetworkError` for sizes out of range.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let architecture = try container.decode(
            Architectures.self,
            forKey: Key(stringValue: "architecture")
        )
        func read<Value: Decodable>(_ key: String, _ standard: Value) throws -> Value {
            try container.decodeIfPresent(Value.self, forKey: Key(stringValue: key)) ?? standard
        }
        var known = ["architecture", "channels", "groups"]
        switch architecture {
        case .hybrid:
            known += ["windows", "slabDepth", "stemChannels", "stemStride"]
            let standard = HybridModel()
            let channels = try read("channels", standard.channels)
            self = .hybrid(
                HybridModel(
                    windows: try read("windows", standard.windows),
                    slabDepth: try read("slabDepth", standard.slabDepth),
                    stemChannels: try read("stemChannels", channels.first ?? 8),
                    stemStride: try read("stemStride", standard.stemStride),
                    channels: channels,
                    groups: try read("groups", standard.groups)
                )
            )
        case .m1:
            known += ["windows"]
            let standard = SliceClassifierModel()
            self = .m1(
                SliceClassifierModel(
                    windows: try read("windows", standard.windows),
                    channels: try read("channels", standard.channels),
                    groups: try read("groups", standard.groups)
                )
            )
        case .m2:
            known += ["slabDepth", "stemChannels"]
            let standard = SlabUNetModel()
            self = .m2(
                SlabUNetModel(
                    slabDepth: try read("slabDepth", standard.slabDepth),
                    stemChannels: try read("stemChannels", standard.stemChannels),
                    channels: try read("channels", standard.channels),
                    groups: try read("groups", standard.groups)
                )
            )
        }
        for key in container.allKeys where !known.contains(key.stringValue) {
            throw DecodingError.dataCorruptedError(
                forKey: key,
                in: container,
                debugDescription: "unknown key '\(key.stringValue)' in the model section"
            )
        }
        try validate()
    }

    /// Writes every size, defaults included.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        func write(_ key: String, _ value: some Encodable) throws {
            try container.encode(value, forKey: Key(stringValue: key))
        }
        switch self {
        case .hybrid(let model):
            try write("architecture", Architectures.hybrid)
            try write("windows", model.windows)
            try write("slabDepth", model.slabDepth)
            try write("stemChannels", model.stemChannels)
            try write("stemStride", model.stemStride)
            try write("channels", model.channels)
            try write("groups", model.groups)
        case .m1(let model):
            try write("architecture", Architectures.m1)
            try write("windows", model.windows)
            try write("channels", model.channels)
            try write("groups", model.groups)
        case .m2(let model):
            try write("architecture", Architectures.m2)
            try write("slabDepth", model.slabDepth)
            try write("stemChannels", model.stemChannels)
            try write("channels", model.channels)
            try write("groups", model.groups)
        }
    }
}
