import DICOM

/// A drawn CT slice of 512 x 512 with the header of a scanner, for measuring without real data.
///
/// The noise is that of a CT, since it decides what a codec has to do; identities are invented.
struct BenchmarkSlice {
    /// Rows and columns.
    static let size = 512

    /// The number of different images; more slices repeat them under other headers.
    private static let imageCount = 4

    private static let images = (0..<imageCount).map(stored)

    /// The stored values, 12 bits, -1024 at zero, of one of the images.
    static func pixels(_ number: Int) -> [UInt16] { images[number % imageCount] }

    private static func stored(_ seed: Int) -> [UInt16] {
        var state = UInt64(seed + 1)
        var previous = 0
        return (0..<size * size).map { index in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let bits = Int(state >> 33)
            // Four uniform numbers make a bell; half of the neighbour's gives a scanner's grain.
            let white = bits & 15 + bits >> 4 & 15 + bits >> 8 & 15 + bits >> 12 & 15 - 30
            let grain = (white + previous) / 2
            previous = white
            let value = anatomy(column: index % size, row: index / size)
            return UInt16(clamping: max(0, 1024 + value + grain))
        }
    }

    /// Hounsfield units of air, skin, skull and brain.
    private static func anatomy(column: Int, row: Int) -> Int {
        let x = Double(column - 256) / 180
        let y = Double(row - 262) / 215
        let radius = (x * x + y * y).squareRoot()
        return switch radius {
        case ..<0.12: 8
        case ..<0.86: 34
        case ..<0.94: 1150
        case ..<1: 45
        default: -1000
        }
    }

    /// The data set of a slice without its pixels.
    static func header(_ number: Int) throws -> DataSet {
        var dataSet = DataSet()
        for (keyword, text) in texts + [
            ("SOPInstanceUID", "1.2.826.0.1.3680043.99.1.\(number + 1)"),
            ("InstanceNumber", "\(number + 1)"), ("SliceLocation", "\(Double(number) * 0.3)"),
            ("ImagePositionPatient", "-115.5\\-101.25\\\(Double(number) * 0.3)"),
        ] {
            guard let tag = DataDictionary.tag(keyword: keyword) else { continue }
            try dataSet.set(tag, strings: text.split(separator: "\\").map(String.init))
        }
        for (tag, value) in [
            (Tag.samplesPerPixel, 1), (.rows, size), (.columns, size), (.bitsAllocated, 16),
            (.bitsStored, 12), (.highBit, 11), (.pixelRepresentation, 0),
        ] { try dataSet.set(tag, ints: [value]) }
        var reference = DataSet()
        try reference.set(.referencedSOPClassUID, string: "1.2.840.10008.5.1.4.1.1.2")
        try reference.set(.referencedSOPInstanceUID, string: "1.2.826.0.1.3680043.99.8.1")
        dataSet.set(.referencedImageSequence, items: [reference, reference])
        try dataSet.set(Tag(0x0019, 0x0010), .lo, string: "GEMS_ACQU_01")
        for element in UInt16(0x1002)...0x1060 {
            dataSet.set(Tag(0x0019, element), .ds, bytes: Array("1.25".utf8))
        }
        return dataSet
    }

    private static let texts = [
        ("SpecificCharacterSet", "ISO_IR 100"), ("ImageType", "ORIGINAL\\PRIMARY\\AXIAL"),
        ("SOPClassUID", "1.2.840.10008.5.1.4.1.1.2"), ("StudyDate", "20180214"),
        ("SeriesDate", "20180214"), ("AcquisitionDate", "20180214"), ("ContentDate", "20180214"),
        ("StudyTime", "101530.25"), ("SeriesTime", "101601"), ("AcquisitionTime", "101644.7"),
        ("ContentTime", "101645"), ("AccessionNumber", "ACC0031288"), ("Modality", "CT"),
        ("Manufacturer", "GE MEDICAL SYSTEMS"), ("InstitutionName", "Quellgrund Clinic"),
        ("InstitutionAddress", "Nowhere Lane 12, Drawnford"), ("StationName", "QGCT02"),
        ("ReferringPhysicianName", "Ostervald^Pim"), ("StudyDescription", "CT HEAD W/O CONTRAST"),
        ("SeriesDescription", "Axial 0.625mm STD"), ("OperatorsName", "Brandewyn^Oda"),
        ("ManufacturerModelName", "LightSpeed VCT"), ("PatientName", "Quillworth^Zebedina"),
        ("PatientID", "KX-44018-7"), ("PatientBirthDate", "19410309"), ("PatientSex", "F"),
        ("PatientAge", "076Y"), ("PatientWeight", "71"), ("AdditionalPatientHistory", "fall"),
        ("BodyPartExamined", "HEAD"), ("ScanOptions", "HELICAL MODE"), ("SliceThickness", "0.625"),
        ("KVP", "120"), ("DataCollectionDiameter", "320"), ("DeviceSerialNumber", "Q88017"),
        ("SoftwareVersions", "4.1.3"), ("ProtocolName", "Routine Head"),
        ("ReconstructionDiameter", "230"), ("DistanceSourceToDetector", "949.1"),
        ("DistanceSourceToPatient", "541"), ("GantryDetectorTilt", "0"), ("TableHeight", "148.5"),
        ("RotationDirection", "CW"), ("ExposureTime", "800"), ("XRayTubeCurrent", "290"),
        ("Exposure", "12"), ("FilterType", "HEAD FILTER"), ("GeneratorPower", "34800"),
        ("FocalSpots", "1.2"), ("ConvolutionKernel", "STANDARD"), ("PatientPosition", "HFS"),
        ("StudyInstanceUID", "1.2.826.0.1.3680043.99.2"),
        ("SeriesInstanceUID", "1.2.826.0.1.3680043.99.3"), ("StudyID", "88123"),
        ("SeriesNumber", "2"), ("AcquisitionNumber", "1"),
        ("ImageOrientationPatient", "1\\0\\0\\0\\1\\0"),
        ("FrameOfReferenceUID", "1.2.826.0.1.3680043.99.4"), ("PositionReferenceIndicator", "OM"),
        ("PhotometricInterpretation", "MONOCHROME2"), ("PixelSpacing", "0.449219\\0.449219"),
        ("WindowCenter", "40"), ("WindowWidth", "80"), ("RescaleIntercept", "-1024"),
        ("RescaleSlope", "1"), ("RescaleType", "HU"),
    ]

    /// A whole file of native pixels.
    static func nativeFile(_ number: Int) throws -> [UInt8] {
        var dataSet = try header(number)
        let bytes = pixels(number).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        dataSet.set(.pixelData, .ow, bytes: bytes)
        return try DICOMFile.write(dataSet: dataSet)
    }

    /// A whole file of one fragment.
    static func file(
        _ number: Int,
        _ syntax: TransferSyntax,
        fragment: [UInt8]
    ) throws -> [UInt8] {
        var dataSet = try header(number)
        dataSet.insert(
            DataElement(tag: .pixelData, vr: .ob, value: .fragments([[], fragment]))
        )
        return try DICOMFile.write(dataSet: dataSet, transferSyntax: syntax)
    }
}
