import Crypto

/// Which attributes may leave a data set and how: the basic profile of PS3.15 Annex E and options.
///
/// What an option permits is read from Table E.1-1; whatever no table permits is dropped.
package struct DeidentificationProfile: Hashable, Sendable, Codable {
    /// The name under which the profile is recorded.
    package let name: String

    /// The options in force, the basic profile always among them.
    package let options: Set<Option>

    /// The options that this version carries out.
    package static let implemented: Set<Option> = [
        .basicProfile, .cleanPixelData, .cleanDescriptors, .retainModifiedDates,
        .retainPatientCharacteristics, .retainDeviceIdentity, .retainSafePrivate,
    ]

    /// The profile for training copies: every option that is carried out.
    package static let training = DeidentificationProfile(
        checkedName: "training",
        options: implemented
    )

    /// Makes a profile; the basic profile is added to `options`.
    ///
    /// Throws `unsupportedOption` for options outside ``implemented`` (none is ignored in silence)
    /// and `invalidName` for a name that is not 1 to 32 lower-case letters, digits and hyphens.
    package init(name: String, options: Set<Option>) throws(DeidentificationError) {
        let isPlain = name.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
        }
        guard isPlain, (1...32).contains(name.utf8.count) else {
            throw DeidentificationError(
                .invalidName,
                "a profile name is 1 to 32 lower-case letters, digits and hyphens"
            )
        }
        if let unsupported = options.subtracting(Self.implemented).min() {
            throw DeidentificationError(
                .unsupportedOption,
                "option \(unsupported.rawValue) (\(unsupported.codeMeaning)) is not carried out "
                    + "by this version; remove it from the profile"
            )
        }
        self.init(checkedName: name, options: options)
    }

    private init(checkedName: String, options: Set<Option>) {
        name = checkedName
        self.options = options.union([.basicProfile])
    }

    private enum CodingKeys: String, CodingKey {
        case name, options
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            name: container.decode(String.self, forKey: .name),
            options: Set(container.decode([Option].self, forKey: .options))
        )
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(options.sorted(), forKey: .options)
    }

    /// SHA-256 in hexadecimal over the name, the options, the tables, the terms and the vocabulary.
    ///
    /// Two copies with the same digest were made by the same rules.
    package var digest: String {
        var hash = SHA256()
        let codes = options.sorted().map(\.rawValue).joined(separator: ",")
        for part in ["federated-head-ct/profile/1", name, codes] + Self.ruleSources {
            hash.update(data: Array((part + "\n").utf8))
        }
        return hash.finalize().map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }

    private static let ruleSources = [
        ConfidentialityTable.rows, CTImageTable.rows, SafePrivateTable.rows, Vocabulary.source,
        DefinedTerms.source,
    ]
}
