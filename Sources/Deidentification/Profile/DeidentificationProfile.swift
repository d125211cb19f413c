import Crypto

/// Which attributes may leave a data set and how: the basic profile of PS3.15 Annex E and options.
///
/// What an option permits is read from Table E.1-1; whatever no table permits is dropped.
package struct DeidentificationProfile: Hashable, Sendable, Codable {
    /// The name under which the profile is recorded.
    package let name: String

    /// The options in force, the basic profile always among them.
    package let options: Set<Option>

    /// Which images are taken in at all.
    package let selection: Selection

    /// How much of a head goes where ``Option/cleanRecognizableVisualFeatures`` is in force.
    package let faces: FaceRemovalMode

    /// Which images a profile takes in.
    package enum Selection: String, Hashable, Sendable, Codable, CaseIterable {
        /// Original axial images of the head, as training needs.
        case head
        /// Every single-frame CT image that is no saved screen or page of figures.
        case anyCT = "any-ct"
    }

    private static let usual: Set<Option> = [
        .basicProfile, .cleanPixelData, .cleanRecognizableVisualFeatures, .cleanDescriptors,
        .retainModifiedDates, .retainPatientCharacteristics, .retainDeviceIdentity,
        .retainSafePrivate,
    ]

    /// Whether faces are removed.
    package var removesFaces: Bool { options.contains(.cleanRecognizableVisualFeatures) }

    /// The profile for training copies.
    package static let training = DeidentificationProfile(
        checkedName: "training",
        options: usual,
        selection: .head,
        faces: .face
    )

    /// The options of ``training`` for every CT image, as a folder is de-identified with by itself.
    package static let standalone = DeidentificationProfile(
        checkedName: "standalone",
        options: usual,
        selection: .anyCT,
        faces: .face
    )

    /// Makes a profile; the basic profile is added to `options`.
    ///
    /// Throws `conflictingOptions` for both kinds of dates, and `invalidName` for a name that is not
    /// 1 to 32 lower-case letters, digits and hyphens.
    package init(
        name: String,
        options: Set<Option>,
        selection: Selection = .head,
        faces: FaceRemovalMode = .face
    ) throws(DeidentificationError) {
        let isPlain = name.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
        }
        guard isPlain, (1...32).contains(name.utf8.count) else {
            throw DeidentificationError(
                .invalidName,
                "a profile name is 1 to 32 lower-case letters, digits and hyphens"
            )
        }
        if options.isSuperset(of: [.retainFullDates, .retainModifiedDates]) {
            throw DeidentificationError(
                .conflictingOptions,
                "dates are either kept (113106) or moved (113107); choose one"
            )
        }
        self.init(checkedName: name, options: options, selection: selection, faces: faces)
    }

    private init(
        checkedName: String,
        options: Set<Option>,
        selection: Selection,
        faces: FaceRemovalMode
    ) {
        name = checkedName
        self.selection = selection
        self.faces = faces
        self.options = options.union([.basicProfile])
    }

    private enum CodingKeys: String, CodingKey {
        case name, options, selection, faces
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            name: container.decode(String.self, forKey: .name),
            options: Set(container.decode([Option].self, forKey: .options)),
            selection: container.decodeIfPresent(Selection.self, forKey: .selection) ?? .head,
            faces: container.decodeIfPresent(FaceRemovalMode.self, forKey: .faces) ?? .face
        )
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(options.sorted(), forKey: .options)
        if selection != .head { try container.encode(selection, forKey: .selection) }
        if removesFaces { try container.encode(faces, forKey: .faces) }
    }

    /// The version of the rules that stand in the program and in no table: how text and faces are
    /// found, what is filled in, how values are checked.
    ///
    /// Whoever changes what becomes of an image raises it, so that sites learn of newer rules.
    package static let rulesVersion = 1

    /// SHA-256 in hexadecimal over what was chosen and over the rules: ``rulesVersion``, the tables, the
    /// terms and the vocabulary.
    ///
    /// Two copies with the same digest were made by the same rules.
    package var digest: String {
        Self.digest(["federated-head-ct/rules/\(Self.rulesVersion)", choice] + Self.ruleSources)
    }

    /// SHA-256 in hexadecimal over what was chosen alone: name, options, selection and faces.
    ///
    /// The same in every version of the program that knows the same profile.
    package var choiceDigest: String { Self.digest(["federated-head-ct/profile/1", choice]) }

    private var choice: String {
        let codes = options.sorted().map(\.rawValue).joined(separator: ",")
        return [name, codes, selection.rawValue, removesFaces ? faces.rawValue : ""]
            .joined(separator: "\n")
    }

    private static func digest(_ parts: [String]) -> String {
        var hash = SHA256()
        for part in parts { hash.update(data: Array((part + "\n").utf8)) }
        return Hexadecimal.text(hash.finalize())
    }

    private static let ruleSources = [
        ConfidentialityTable.rows, CTImageTable.rows, SafePrivateTable.rows, Vocabulary.source,
        DefinedTerms.source,
    ]
}
