import DICOM

/// The attributes of the whole standard, found by asking the dictionary for every number.
enum StandardAttributes {
    /// Tag and usual representation, ascending, without groups that no data set holds.
    static let all: [(tag: DICOMTag, vr: VR)] = {
        let groups: [UInt16] = [
            0x0008, 0x0010, 0x0012, 0x0014, 0x0016, 0x0018, 0x0020, 0x0022, 0x0024, 0x0028,
            0x0032, 0x0034, 0x0038, 0x003A, 0x0040, 0x0042, 0x0044, 0x0046, 0x0048, 0x0050,
            0x0052, 0x0054, 0x0060, 0x0062, 0x0064, 0x0066, 0x0068, 0x0070, 0x0072, 0x0074,
            0x0076, 0x0078, 0x0080, 0x0082, 0x0088, 0x0100, 0x0400, 0x2000, 0x2010, 0x2020,
            0x2030, 0x2040, 0x2050, 0x2100, 0x2110, 0x2120, 0x2130, 0x2200, 0x3002, 0x3004,
            0x3006, 0x3008, 0x300A, 0x300C, 0x300E, 0x3010, 0x4000, 0x4008, 0x4010, 0x4FFE,
            0x5000, 0x5002, 0x5200, 0x5400, 0x5600, 0x6000, 0x6002, 0x7FE0, 0xFFFA, 0xFFFC,
        ]
        return groups.flatMap { group in
            (UInt16(1)...0xFFFF).compactMap { element in
                let tag = DICOMTag(group, element)
                return DataDictionary.entry(for: tag).map { (tag, $0.vr) }
            }
        }
    }()

    /// What a CT image cannot do without, or what decides which image it is.
    static let structural: Set<DICOMTag> = Set(HeadSlice().dataSet.map(\.tag)).union([
        .specificCharacterSet, .numberOfFrames, .planarConfiguration, .pixelData,
        DICOMTag(0x7FE0, 0x0008), DICOMTag(0x7FE0, 0x0009), DICOMTag(0x0028, 0x0002),
    ])
}
