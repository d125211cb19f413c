import DICOM
import Deidentification
import Testing

/// Digits of a record number that occur by chance are no leak; the number itself is.
@Suite struct NumberCoincidenceTests {
    private static func slice() -> HeadSlice { HeadSlice(patientID: "COM-188866-3") }

    @Test(arguments: [
        (DICOMTag(0x0020, 0x1041), "-396.801888669"), (DICOMTag(0x0020, 0x1041), "12.188866"),
        (DICOMTag(0x0018, 0x1120), "7.188866408"),
    ])
    func `a record number within the decimals of a position is no leak`(
        tag: DICOMTag,
        value: String
    ) throws {
        var slice = Self.slice()
        slice.set(tag, .ds, value)
        let output = try TestKeys.deidentifier().deidentify(slice.file)
        #expect(output.dataSet.string(tag) == value)
    }

    @Test func `digits within a new identifier are no leak`() throws {
        // Some of these numbers occur in the keyed identifiers of the output; all must pass.
        let uid = try TestKeys.deidentifier().deidentify(HeadSlice().file).sopInstanceUID
        let digits = Array(uid.dropFirst(5))
        for start in stride(from: 0, through: digits.count - 7, by: 3) where digits[start] != "0" {
            let number = String(digits[start..<start + 7])
            let output = try TestKeys.deidentifier()
                .deidentify(HeadSlice(patientID: "KX-\(number)").file)
            #expect(output.sopInstanceUID == uid)
        }
    }

    @Test(arguments: [
        (DICOMTag(0x0020, 0x1041), VR.ds, "188866"), (DICOMTag(0x0018, 0x1151), .is, "188866"),
        (DICOMTag(0x0020, 0x0011), .is, "188866"), (DICOMTag(0x0018, 0x1210), .sh, "H188866s"),
        (DICOMTag(0x0008, 0x103E), .lo, "HEAD 5.0 188866"),
        (DICOMTag(0x0018, 0x1030), .lo, "HEAD188866"),
    ])
    func `the record number itself never leaves`(tag: DICOMTag, vr: VR, value: String) throws {
        var slice = Self.slice()
        slice.set(tag, vr, value)
        do {
            let output = try TestKeys.deidentifier().deidentify(slice.file)
            var scan = NeedleScan()
            scan.add("188866", label: "number")
            let header = output.dicomBytes.dropLast(HeadSlice.size * HeadSlice.size * 2)
            #expect(scan.hits(in: Array(header)).isEmpty)
        } catch let reason as QuarantineReason {
            #expect(reason.code == .verificationFailed)
        }
    }
}
