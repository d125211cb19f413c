import DICOM
import Deidentification
import Testing

/// What training and comparison need comes through unchanged.
@Suite struct UtilityTests {
    /// Attributes that stay whatever the scanner, with values as scanners write them.
    private static let kept: [(DICOMTag, VR, String)] = [
        (.pixelSpacing, .ds, "0.488281\\0.488281"), (.sliceThickness, .ds, "0.625"),
        (.imagePositionPatient, .ds, "-125.000000\\-144.300003\\104.269"),
        (.imageOrientationPatient, .ds, "1\\0\\0\\0\\0.956305\\-0.292372"),
        (DICOMTag(0x0018, 0x0088), .ds, "5.000000"), (DICOMTag(0x0018, 0x1120), .ds, "-17.000000"),
        (.rescaleIntercept, .ds, "-1024"), (.rescaleSlope, .ds, "1"), (.rescaleType, .lo, "HU"),
        (DICOMTag(0x0028, 0x1050), .ds, "40\\600"), (DICOMTag(0x0028, 0x1051), .ds, "80\\2800"),
        (DICOMTag(0x0028, 0x1055), .lo, "WINDOW1\\WINDOW2"), (.kvp, .ds, "120"),
        (.exposureTime, .is, "1000"), (DICOMTag(0x0018, 0x1151), .is, "298"),
        (DICOMTag(0x0018, 0x1152), .is, "298"), (DICOMTag(0x0018, 0x1153), .is, "298000"),
        (DICOMTag(0x0018, 0x0090), .ds, "250"), (.reconstructionDiameter, .ds, "250"),
        (DICOMTag(0x0018, 0x1110), .ds, "541.000000"), (DICOMTag(0x0018, 0x1111), .ds, "949.075"),
        (DICOMTag(0x0018, 0x1130), .ds, "171.5"), (DICOMTag(0x0018, 0x1140), .cs, "CW"),
        (DICOMTag(0x0018, 0x1170), .is, "34800"), (DICOMTag(0x0018, 0x1190), .ds, "0.7\\1.2"),
        (DICOMTag(0x0018, 0x1160), .sh, "HEAD FILTER"), (.scanOptions, .cs, "HELICAL MODE"),
        (DICOMTag(0x0018, 0x9345), .fd, ""), (.patientPosition, .cs, "FFS"),
        (.bodyPartExamined, .cs, "HEAD"), (.patientSex, .cs, "F"), (.patientAge, .as, "067Y"),
        (DICOMTag(0x0010, 0x1020), .ds, "1.73"), (DICOMTag(0x0010, 0x1030), .ds, "81.5"),
        (.seriesNumber, .is, "3"), (.acquisitionNumber, .is, "2"), (.instanceNumber, .is, "112"),
        (DICOMTag(0x0020, 0x1041), .ds, "104.269"), (DICOMTag(0x0020, 0x1002), .is, "32"),
        (.imageType, .cs, "ORIGINAL\\PRIMARY\\AXIAL"), (.modality, .cs, "CT"),
        (.studyDescription, .lo, "CT HEAD W/O CONTRAST"), (DICOMTag(0x0018, 0x0010), .lo, "NONE"),
        (.seriesDescription, .lo, "Head 5.0 H31s"), (.protocolName, .lo, "Routine Head"),
        (DICOMTag(0x0028, 0x0106), .us, ""), (.positionReferenceIndicator, .lo, "OM"),
        (DICOMTag(0x0028, 0x2110), .cs, "00"), (DICOMTag(0x0008, 0x0032), .tm, "101530.25"),
        (.photometricInterpretation, .cs, "MONOCHROME2"),
    ]

    static let scanners = [
        ("SIEMENS", "SOMATOM Definition Flash", "H31s"),
        ("GE MEDICAL SYSTEMS", "LightSpeed VCT", "SOFT"),
        ("GE MEDICAL SYSTEMS", "Revolution CT", "STANDARD"), ("Philips", "Brilliance 64", "UB"),
        ("Philips", "iCT 256", "UA"), ("TOSHIBA", "Aquilion ONE", "FC26"),
        ("TOSHIBA", "Aquilion", "FC68"),
        ("Canon Medical Systems", "Aquilion Prime SP", "FC21"),
        ("SIEMENS", "SOMATOM Force", "Hr40f"),
        ("Siemens Healthineers", "NAEOTOM Alpha", "Hr40f"), ("SIEMENS", "Sensation 64", "H30s"),
        ("SIEMENS", "SOMATOM Definition AS+", "J30s"), ("NeuroLogica", "CereTom", "5"),
        ("GE MEDICAL SYSTEMS", "Discovery CT750 HD", "BONEPLUS"), ("Hitachi", "SCENARIA", "32"),
        ("SIEMENS", "Emotion 16", "H60s"), ("Neusoft", "NeuViz 128", "F20"),
    ]

    @Test(arguments: scanners)
    func `values that matter survive`(maker: String, model: String, kernel: String) throws {
        var slice = HeadSlice()
        for (tag, vr, value) in Self.kept where !value.isEmpty { slice.set(tag, vr, value) }
        slice.set(.manufacturer, .lo, maker)
        slice.set(.manufacturerModelName, .lo, model)
        slice.set(.convolutionKernel, .sh, kernel)
        slice.set(DICOMTag(0x0008, 0x0080), .lo, "Quellgrund Clinic")
        slice.set(DICOMTag(0x0008, 0x1010), .sh, "CT-HEAD-2")
        slice.set(.seriesDescription, .lo, "Head 5.0 \(kernel)")
        let output = try TestKeys.deidentifier().deidentify(slice.file).dataSet
        for (tag, _, value) in Self.kept where !value.isEmpty && tag != .seriesDescription {
            #expect(output.strings(tag).joined(separator: "\\") == value, "\(tag)")
        }
        #expect(output.string(.manufacturer) == maker)
        #expect(output.string(.manufacturerModelName) == model)
        #expect(output.string(.convolutionKernel) == kernel)
        // A bare number beside another could be part of a date.
        let isNumber = kernel.allSatisfy(\.isNumber)
        #expect(
            output.string(.seriesDescription) == (isNumber ? "Head" : "Head 5.0 \(kernel)")
        )
    }

    @Test(arguments: [
        "CT HEAD WITHOUT CONTRAST", "CT Head w/o contrast", "HEAD ROUTINE", "CT BRAIN", "Brain 5mm",
        "NCCT HEAD", "CT HEAD/BRAIN W/O CONTRAST", "Thin Bone", "AX HEAD STD", "HEAD AXIAL 5.0",
        "CCT nativ", "Schädel nativ", "cerebral angio", "CT ANGIO HEAD", "SOFT TISSUE",
        "Head Trauma", "stroke protocol", "Axial 0.625mm", "Neuro Head 5mm",
        "CT Head Wo IV Contrast", "CT HEAD W/O", "w/o contrast head",
        "5.0mm BRAIN WINDOW", "Recon 2.5mm STD", "HEAD BONE 0.6", "TC CRANEO SIMPLE",
        "CRANE SANS INJECTION", "TC CRANIO", "Helical Head", "Head Seq 5.0",
        "Post contrast head", "Pre contrast", "CT perfusion head", "Monoenergetic 70 keV",
    ])
    func `descriptions of head examinations stay as they are`(text: String) throws {
        var slice = HeadSlice()
        slice.set(.specificCharacterSet, .cs, "ISO_IR 192")
        slice.set(.studyDescription, .lo, text)
        let output = try TestKeys.deidentifier().deidentify(slice.file).dataSet
        #expect(output.string(.studyDescription) == text)
    }

    @Test func `numbers of orders and station names do not empty the descriptions`() throws {
        var slice = HeadSlice()
        slice.set(DICOMTag(0x0008, 0x1010), .sh, "SIEMENS HEAD CT")
        slice.set(DICOMTag(0x0040, 0x1001), .sh, "CT HEAD")
        slice.set(DICOMTag(0x0040, 0x0253), .sh, "BRAIN")
        slice.set(.studyID, .sh, "HEAD 5")
        slice.set(.studyDescription, .lo, "CT HEAD BRAIN")
        let output = try TestKeys.deidentifier().deidentify(slice.file).dataSet
        #expect(output.string(.studyDescription) == "CT HEAD BRAIN")
        #expect(output.string(.manufacturer) == "SIEMENS")
    }

    @Test func `a patient without a number is one patient a study, not lost`() throws {
        var slice = HeadSlice(patientID: "")
        let one = try TestKeys.deidentifier().deidentify(slice.file)
        slice.set(.sopInstanceUID, .ui, "1.2.826.0.1.99.1.2")
        let two = try TestKeys.deidentifier().deidentify(slice.file)
        slice.set(.studyInstanceUID, .ui, "1.2.826.0.1.99.77")
        let other = try TestKeys.deidentifier().deidentify(slice.file)
        #expect(one.patientPseudonym == two.patientPseudonym)
        #expect(one.patientPseudonym != other.patientPseudonym)
    }

    @Test func `no number that is an identifier by chance loses a file`() throws {
        for id in ["000000", "111111", "0", "1", "512", "1024", "HEAD", "CT", "NONE", "AXIAL"] {
            let output = try TestKeys.deidentifier()
                .deidentify(HeadSlice(patientID: id, patientName: id).file).dataSet
            #expect(output.string(.rescaleIntercept) == "-1024", "\(id)")
        }
    }
}
