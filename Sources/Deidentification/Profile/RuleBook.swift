import DICOM

/// The rule for each attribute that a profile lets through; an attribute without one is dropped.
///
/// Made of the CT allow-list, then overruled row by row by Table E.1-1 with the profile's options.
struct RuleBook: Sendable {
    /// What is known of an attribute that may stay.
    struct Entry: Sendable {
        let rule: AttributeRule
        /// The representations that the attribute may have, the usual one first.
        let representations: [VR]
        let multiplicity: ValueMultiplicity
    }

    private let entries: [Tag: Entry]

    /// The rules of the training profile, built once.
    static let training = RuleBook(profile: .training)

    init(profile: DeidentificationProfile) {
        var rules: [Tag: AttributeRule] = [:]
        for entry in CTImageTable.entries where entry.isKept {
            rules[entry.tag] = Self.keptRule(vr: entry.vr, options: profile.options)
        }
        if profile.options.contains(.cleanStructuredContent) {
            rules.merge(Self.contentRules) { _, rule in rule }
        }
        for entry in ConfidentialityTable.entries {
            rules[entry.tag] = Self.rule(for: entry, options: profile.options)
        }
        var entries: [Tag: Entry] = [:]
        for (tag, rule) in rules where !Self.isNeverCopied(tag) {
            guard let known = DataDictionary.entry(for: tag) else { continue }
            entries[tag] = Entry(
                rule: rule,
                representations: [known.vr] + known.vrs.filter { $0 != known.vr },
                multiplicity: ValueMultiplicity(known.vm)
            )
        }
        self.entries = entries
    }

    /// What holds for a standard attribute at any depth, or nil to drop it.
    func entry(for tag: Tag) -> Entry? { entries[tag] }

    /// The rule of a standard attribute at any depth, or nil to drop it.
    func rule(for tag: Tag) -> AttributeRule? { entries[tag]?.rule }

    /// The parts of a content item (PS3.3 C.17.3) that hold concepts and numbers; names, free
    /// references and identifiers of people stay out.
    private static let contentRules: [Tag: AttributeRule] = [
        Tag(0x0040, 0xA010): .keep, Tag(0x0040, 0xA040): .keep, Tag(0x0040, 0xA050): .keep,
        Tag(0x0040, 0xA043): .recurse, Tag(0x0040, 0xA168): .recurse,
        Tag(0x0040, 0xA160): .cleanText,
        Tag(0x0040, 0xA300): .recurse, Tag(0x0040, 0xA30A): .keep, Tag(0x0040, 0x08EA): .recurse,
        Tag(0x0040, 0x0555): .recurse,
    ]

    /// Attributes that the rebuild writes anew, and groups that hold signatures, envelopes,
    /// former values, directories, hanging protocols, overlays, curves, icons or pixels.
    static func isNeverCopied(_ tag: Tag) -> Bool {
        if tag.isPrivate || tag.isGroupLength { return true }
        switch tag.group {
        case 0x0000...0x0006, 0x0072, 0x0074, 0x0088, 0x0400, 0x4FFE, 0x7FE0, 0xFFFC: return true
        case 0x5000...0x501E, 0x6000...0x601E: return true
        default: return written.contains(tag)
        }
    }

    /// Attributes whose output does not come from the rule of their input.
    private static let written: Set<Tag> = [
        .specificCharacterSet, .patientName, .patientID, .patientBirthDate, .sopClassUID,
        .patientIdentityRemoved, .deidentificationMethod, .deidentificationMethodCodeSequence,
        .burnedInAnnotation, .recognizableVisualFeatures,
        .longitudinalTemporalInformationModified, .contributingEquipmentSequence,
        Tag(0x0008, 0x0300), Tag(0x0008, 0x0305), Tag(0x0008, 0x0310),
        .samplesPerPixel, .photometricInterpretation, .planarConfiguration, .rows, .columns,
        .bitsAllocated, .bitsStored, .highBit, .pixelRepresentation,
        .codeValue, .longCodeValue, .urnCodeValue, .codingSchemeDesignator, .codingSchemeVersion,
        .codeMeaning, .codingSchemeUID, .mappingResource,
    ]

    private static func keptRule(
        vr: VR,
        options: Set<DeidentificationProfile.Option>
    ) -> AttributeRule? {
        switch vr {
        case .cs, .ds, .is, .us, .ss, .ul, .sl, .fl, .fd: .keep
        case .lo, .sh: .cleanText
        case .ui: options.contains(.retainUIDs) ? .keepUID : .mapUID
        case .sq: .recurse
        default: nil
        }
    }

    private static func rule(
        for entry: ConfidentialityTable.Entry,
        options: Set<DeidentificationProfile.Option>
    ) -> AttributeRule? {
        func permits(_ option: DeidentificationProfile.Option) -> Bool {
            options.contains(option) && entry.optionActions[option] != nil
        }
        if entry.vr == .ui {
            if permits(.retainUIDs) { return .keepUID }
            return entry.basicAction.contains("U") ? .mapUID : nil
        }
        if permits(.retainFullDates) { return temporalRule(vr: entry.vr, date: .keepDate) }
        if permits(.retainModifiedDates) { return temporalRule(vr: entry.vr, date: .shiftDate) }
        if permits(.retainPatientCharacteristics) { return characteristicRule(vr: entry.vr) }
        if permits(.cleanDescriptors) { return descriptorRule(vr: entry.vr) }
        if permits(.cleanStructuredContent) { return entry.vr == .sq ? .recurse : nil }
        if permits(.retainInstitutionIdentity) { return institutionRule(vr: entry.vr) }
        if permits(.retainDeviceIdentity) { return deviceRule(vr: entry.vr) }
        return entry.basicAction.contains("U") && entry.vr == .sq ? .recurse : nil
    }

    private static func temporalRule(vr: VR, date: AttributeRule) -> AttributeRule? {
        switch vr {
        case .da, .dt: date
        case .tm, .sh: .keepTime
        default: nil
        }
    }

    private static func characteristicRule(vr: VR) -> AttributeRule? {
        switch vr {
        case .as: .capAge
        case .cs, .ds, .us: .keep
        case .sq: .recurse
        case .lo, .sh, .uc, .ut: .cleanText
        default: nil
        }
    }

    private static func descriptorRule(vr: VR) -> AttributeRule? {
        switch vr {
        case .sq: .recurse
        case .cs: .keep
        case .lo, .sh, .st, .lt, .uc, .ut: .cleanText
        default: nil
        }
    }

    private static func institutionRule(vr: VR) -> AttributeRule? {
        switch vr {
        case .lo, .sh, .st: .keepText
        case .sq: .recurse
        default: nil
        }
    }

    /// Stricter than the option: serial numbers, station names and titles name the site, so that a
    /// stand-in tells devices apart.
    private static func deviceRule(vr: VR) -> AttributeRule? {
        switch vr {
        case .ds, .is, .us, .fl, .fd: .keep
        case .lo, .sh, .ae, .cs, .uc, .ut, .st: .replaceDevice
        case .sq: .recurse
        default: nil
        }
    }
}
