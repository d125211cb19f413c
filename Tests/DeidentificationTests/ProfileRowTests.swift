import DICOM
import Deidentification
import Testing

/// Every row of Table E.1-1 under every option alone: what comes through is what its column says.
@Suite struct ProfileRowTests {
    private typealias Option = DeidentificationProfile.Option

    static let options: [DeidentificationProfile.Option] = [
        .basicProfile, .retainUIDs, .retainDeviceIdentity, .retainInstitutionIdentity,
        .retainPatientCharacteristics, .retainFullDates, .retainModifiedDates, .cleanDescriptors,
        .cleanStructuredContent, .cleanGraphics,
    ]

    /// Attributes that the program writes itself, whatever the table says.
    private static let written: Set<DICOMTag> = [
        .patientName, .patientID, .patientIdentityRemoved, .deidentificationMethod,
        .deidentificationMethodCodeSequence, .longitudinalTemporalInformationModified,
        .sopInstanceUID, .studyInstanceUID, .seriesInstanceUID,
    ]

    /// A valid and harmless value for each attribute of the table.
    private static func element(_ entry: ConfidentialityTable.Entry) -> DataElement? {
        let texts: [VR: String] = [
            .as: "045Y", .cs: "YES", .da: "20180214", .dt: "20180214101530", .tm: "101530",
            .ds: "1", .is: "1", .lo: "HEAD", .sh: "HEAD", .st: "HEAD", .lt: "HEAD", .ut: "HEAD",
            .uc: "HEAD", .pn: "Quillworth^Zebedina", .ui: "1.2.826.0.1.99.7", .ae: "HEADCT",
            .ur: "https://clinic.example/1",
        ]
        let special: [DICOMTag: String] = [
            .patientSex: "F", DICOMTag(0x0008, 0x0201): "+0100",
            DICOMTag(0x0016, 0x004E): "1\\2\\3\\4",
            DICOMTag(0x0010, 0x2160): "Asian", DICOMTag(0x0010, 0x2203): "M",
        ]
        if entry.vr == .sq {
            let code = HeadSlice.item([
                (.codeValue, .sh, "113014"), (.codingSchemeDesignator, .sh, "DCM"),
                (.codeMeaning, .lo, "HEAD"),
            ])
            return DataElement(tag: entry.tag, vr: .sq, value: .items([code]))
        }
        if [.us, .ss].contains(entry.vr) {
            return DataElement(tag: entry.tag, vr: entry.vr, value: .bytes([1, 0]))
        }
        if [.ul, .sl, .ob, .un].contains(entry.vr) {
            return DataElement(tag: entry.tag, vr: entry.vr, value: .bytes([1, 0, 0, 0]))
        }
        guard let text = special[entry.tag] ?? texts[entry.vr] else { return nil }
        return HeadSlice.item([(entry.tag, entry.vr, text)]).first { _ in true }
    }

    /// Rows that a CT image may hold beside pixels, geometry and what is written anew.
    private static let rows: [(entry: ConfidentialityTable.Entry, element: DataElement)] =
        ConfidentialityTable.entries.compactMap { entry in
            guard !written.contains(entry.tag), entry.tag.group > 0x0004,
                entry.tag.group != 0x7FE0, !StandardAttributes.structural.contains(entry.tag)
            else { return nil }
            return element(entry).map { (entry, $0) }
        }

    private static func output(_ option: DeidentificationProfile.Option) throws -> DataSet {
        var slice = HeadSlice()
        for row in rows { slice.dataSet.insert(row.element) }
        let key = try DeidentificationKey(bytes: [UInt8](repeating: 9, count: 32))
        let profile = try DeidentificationProfile(name: "row", options: [option])
        return try Deidentifier(profile: profile, key: key, toolVersion: "1")
            .deidentify(slice.file).dataSet
    }

    @Test func `most rows of the table are tried`() {
        #expect(Self.rows.count > 560)
    }

    @Test(arguments: options)
    func `nothing comes through that neither the profile nor the option lets in`(
        option: DeidentificationProfile.Option
    ) throws {
        let output = try Self.output(option)
        for (entry, element) in Self.rows
        where entry.optionActions[option] == nil && !entry.basicAction.contains("U") {
            let isGone = output[entry.tag]?.isEmpty ?? true
            #expect(isGone, "\(entry.tag) under \(option.keyword)")
            _ = element
        }
    }

    @Test(arguments: options)
    func `a unique identifier of the table stays under its option alone`(
        option: DeidentificationProfile.Option
    ) throws {
        let output = try Self.output(option)
        for (entry, element) in Self.rows where entry.vr == .ui && output[entry.tag] != nil {
            let isKept = output[entry.tag] == element
            #expect(isKept == (option == .retainUIDs), "\(entry.tag) under \(option.keyword)")
        }
    }

    /// What an option keeps in the table and this program holds back: people's names and links, bytes
    /// without a form that could be checked, days of devices without an option for dates, and
    /// groups of signatures, graphics and hanging protocols, which no CT image has.
    private static func isHeldBack(
        _ entry: ConfidentialityTable.Entry,
        _ option: DeidentificationProfile.Option
    ) -> Bool {
        let hasDay = [.da, .dt, .tm].contains(entry.vr)
        return [.pn, .ur, .ob, .un].contains(entry.vr)
            || [0x0400, 0x0070, 0x0072, 0x0074].contains(entry.tag.group)
            || [.contributingEquipmentSequence, .patientBirthDate].contains(entry.tag)
            || option == .retainDeviceIdentity && hasDay
    }

    @Test(arguments: options)
    func `what a column lets in comes through in its form`(
        option: DeidentificationProfile.Option
    ) throws {
        let output = try Self.output(option)
        for (entry, element) in Self.rows
        where entry.optionActions[option] != nil && !Self.isHeldBack(entry, option) {
            guard let copy = output[entry.tag], !copy.isEmpty else {
                Issue.record("\(entry.tag) \(entry.vr) is lost under \(option.keyword)")
                continue
            }
            let isSame = copy == element
            switch (option, entry.vr) {
            case (.retainModifiedDates, .da), (.retainModifiedDates, .dt),
                (.retainDeviceIdentity, .lo), (.retainDeviceIdentity, .sh),
                (.retainDeviceIdentity, .ae), (.retainDeviceIdentity, .ui),
                (.retainDeviceIdentity, .cs), (.retainDeviceIdentity, .uc),
                (.retainDeviceIdentity, .ut), (.retainDeviceIdentity, .st):
                #expect(!isSame, "\(entry.tag) is as it was under \(option.keyword)")
            case (_, .sq): continue
            default: #expect(isSame, "\(entry.tag) changed under \(option.keyword)")
            }
        }
    }
}
