import DICOM

/// The rule for each attribute that a profile lets through; an attribute without one is dropped.
///
/// Made of the CT allow-list, then overruled row by row by Table E.1-1 with the profile's options.
struct RuleBook: Sendable {
    private let rules: [Tag: AttributeRule]

    /// The rules of the training profile, built once.
    static let training = RuleBook(profile: .training)

    init(profile: DeidentificationProfile) {
        var rules: [Tag: AttributeRule] = [:]
        for entry in CTImageTable.entries where entry.isKept {
            rules[entry.tag] = Self.keptRule(vr: entry.vr)
        }
        for entry in ConfidentialityTable.entries {
            rules[entry.tag] = Self.rule(for: entry, options: profile.options)
        }
        self.rules = rules.filter { !Self.isNeverCopied($0.key) }
    }

    /// The rule of a standard attribute at any depth, or nil to drop it.
    func rule(for tag: Tag) -> AttributeRule? { rules[tag] }

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

    private static func keptRule(vr: VR) -> AttributeRule? {
        switch vr {
        case .cs, .ds, .is, .us, .ss, .ul, .sl, .fl, .fd: .keep
        case .lo, .sh: .cleanText
        case .ui: .mapUID
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
        if entry.vr == .ui { return entry.basicAction.contains("U") ? .mapUID : nil }
        if permits(.retainModifiedDates) { return temporalRule(vr: entry.vr) }
        if permits(.retainPatientCharacteristics) { return characteristicRule(vr: entry.vr) }
        if permits(.cleanDescriptors) { return descriptorRule(vr: entry.vr) }
        if permits(.retainDeviceIdentity) { return deviceRule(vr: entry.vr) }
        return entry.basicAction.contains("U") && entry.vr == .sq ? .recurse : nil
    }

    private static func temporalRule(vr: VR) -> AttributeRule? {
        switch vr {
        case .da, .dt: .shiftDate
        case .tm: .keepTime
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

    /// Stricter than the option: serial numbers, station names and titles name the site.
    private static func deviceRule(vr: VR) -> AttributeRule? {
        switch vr {
        case .ds, .is, .us, .fl, .fd: .keep
        default: nil
        }
    }
}
