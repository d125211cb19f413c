import DICOM
import Deidentification
import TestSupport
import Testing

@Suite struct SeriesSelectionTests {
    private static func refusal(_ change: (inout HeadSlice) -> Void) -> QuarantineReason.Code? {
        var slice = HeadSlice()
        change(&slice)
        return SeriesSelection.refusal(of: slice.dataSet)?.code
    }

    @Test func `an axial head is chosen`() {
        #expect(Self.refusal { _ in } == nil)
    }

    @Test(
        arguments: [
            ("ORIGINAL\\PRIMARY\\LOCALIZER", .localizer),
            ("DERIVED\\SECONDARY\\SCREEN SAVE", .screenSave),
            ("DERIVED\\SECONDARY\\DOSE_INFO", .doseReport),
            ("ORIGINAL\\SECONDARY\\AXIAL", .secondaryCapture),
            ("DERIVED\\SECONDARY\\AXIAL", .derivedImage),
            ("DERIVED\\PRIMARY\\REFORMATTED", .derivedImage),
            ("DERIVED\\PRIMARY\\AXIAL\\CT_SOM5 MPR", .derivedImage),
            ("ORIGINAL\\PRIMARY\\AXIAL\\CSA MPR", .derivedImage), ("AXIAL", .missingAttribute),
        ] as [(String, QuarantineReason.Code)]
    )
    func `image types are refused by name`(type: String, code: QuarantineReason.Code) {
        #expect(Self.refusal { $0.set(.imageType, .cs, type) } == code)
    }

    @Test func `lossy copies of axial originals are derived and still chosen`() {
        #expect(Self.refusal { $0.set(.imageType, .cs, "DERIVED \\PRIMARY\\AXIAL") } == nil)
    }

    @Test(
        arguments: [
            ("1.2.840.10008.5.1.4.1.1.2.1", .enhancedMultiFrame),
            ("1.2.840.10008.5.1.4.1.1.2.2", .enhancedMultiFrame),
            ("1.2.840.10008.5.1.4.1.1.7", .secondaryCapture),
            ("1.2.840.10008.5.1.4.1.1.7.4", .secondaryCapture),
            ("1.2.840.10008.5.1.4.1.1.88.67", .doseReport),
            ("1.2.840.10008.5.1.4.1.1.4", .notCTImage), ("", .notCTImage),
        ] as [(String, QuarantineReason.Code)]
    )
    func `other objects are refused by class`(uid: String, code: QuarantineReason.Code) {
        #expect(Self.refusal { $0.set(.sopClassUID, .ui, uid) } == code)
    }

    @Test(
        arguments: [
            ("1\\0\\0\\0\\0.866026\\-0.5", nil), ("1\\0\\0\\0\\0.82\\-0.572", .notAxial),
            ("0\\1\\0\\0\\0\\-1", .notAxial), ("1\\0\\0\\1\\0\\0", .missingGeometry),
            ("1\\0\\0", .missingGeometry),
        ] as [(String, QuarantineReason.Code?)]
    )
    func `a tilt of 30 degrees passes and more does not`(
        orientation: String,
        code: QuarantineReason.Code?
    ) {
        #expect(Self.refusal { $0.set(.imageOrientationPatient, .ds, orientation) } == code)
    }

    @Test(
        arguments: [
            ("BRAIN", "", nil), ("CHEST", "", .notHead), ("", "CT Thorax", .notHead),
            ("", "Schädel nativ", nil), ("", "SmartScore - Gated", .notHead), ("", "5mm", .notHead),
        ] as [(String, String, QuarantineReason.Code?)]
    )
    func `the head is found by name`(
        part: String,
        description: String,
        code: QuarantineReason.Code?
    ) {
        // Without a name the field of view decides; that of this small image is no head's.
        let found = Self.refusal {
            $0.set(.specificCharacterSet, .cs, "ISO_IR 192")
            $0.set(.bodyPartExamined, .cs, part)
            $0.set(.seriesDescription, .lo, description)
        }
        #expect(found == code)
    }

    @Test func `a nameless series is chosen by a head's field of view`() {
        let found = Self.refusal {
            $0.set(.bodyPartExamined, .cs, "")
            $0.set(.pixelSpacing, .ds, "4.5\\4.5")
            $0.set(.rows, .us, bytes: [50, 0])
        }
        #expect(found == nil)
    }

    @Test(.enabled(if: SharedData.exists, "needs ../shared"))
    func `the phantom's head is chosen, its localizers and pages are not`() throws {
        for (path, file) in try RealFiles.files(below: "philips-head-phantom") {
            let code = SeriesSelection.refusal(of: file.dataSet)?.code
            if path.contains("/S2010/"), !path.hasSuffix("DIRFILE") {
                #expect(code == nil, "\(path)")
            } else if path.contains("/S1000/"), !path.hasSuffix("DIRFILE") {
                #expect(code == .localizer, "\(path)")
            } else if path.contains("/S4010/"), !path.hasSuffix("DIRFILE") {
                #expect(code == .secondaryCapture || code == .doseReport, "\(path)")
            } else {
                #expect(code == .notCTImage, "\(path)")
            }
        }
    }

    @Test(
        .enabled(if: SharedData.exists, "needs ../shared"),
        arguments: ["ge-head-gantry-tilt", "cq500-ct0-thin", "cq500-slices-and-reads"]
    )
    func `real axial heads are chosen`(folder: String) throws {
        for (path, file) in try RealFiles.files(below: folder) {
            #expect(SeriesSelection.refusal(of: file.dataSet) == nil, "\(path)")
        }
    }

    @Test(.enabled(if: SharedData.exists, "needs ../shared"))
    func `hearts, scouts and other modalities are refused`() throws {
        for (path, file) in try RealFiles.files(below: "pydicom-head-samples") {
            let part = file.dataSet.string(.bodyPartExamined)
            let isHeadCT = part == "HEAD" && file.dataSet.string(.modality) == "CT"
            #expect((SeriesSelection.refusal(of: file.dataSet) == nil) == isHeadCT, "\(path)")
        }
    }
}
