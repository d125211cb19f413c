import DICOM
import Deidentification
import Testing

/// Digits of a record number that occur by chance are no leak; the number itself is.
@Suite struct NumberCoincidenceTests {
    private static func slice() -> HeadSlice { HeadSlice(patientID: "COM-188866-3") }

    @Test(arguments: [
        (DICOMTag(0x0020, 0x1041), "-396.801888669"),
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

    @Test(arguments: [
        ("0.8999999999999999", "0.9"), ("-396.80188866900001", "-396.801888669"),
        ("1234.5678901234567", "1234.5678901235"),
    ])
    func `digits beyond the limit of a decimal string lose no file`(
        written: String,
        kept: String
    ) throws {
        var slice = Self.slice()
        slice.set(.imagePositionPatient, .ds, "-115.5\\-101.25\\\(written)")
        let output = try TestKeys.deidentifier().deidentify(slice.file).dataSet
        #expect(output.strings(.imagePositionPatient) == ["-115.5", "-101.25", kept])
    }

    @Test func `a record number that is the whole of the decimals goes`() throws {
        var slice = Self.slice()
        slice.set(DICOMTag(0x0020, 0x1041), .ds, "12.188866")
        let output = try TestKeys.deidentifier().deidentify(slice.file).dataSet
        #expect(output[DICOMTag(0x0020, 0x1041)] == nil)
    }

    @Test(arguments: ["092653", "20180214", "92653"])
    func `a record number that is a time or a day loses no file`(number: String) throws {
        var slice = HeadSlice(patientID: number)
        slice.set(.studyTime, .tm, "092653")
        slice.set(.acquisitionTime, .tm, "092653.250000")
        slice.set(DICOMTag(0x0008, 0x002A), .dt, "20180214092653.250000+0100")
        let output = try TestKeys.deidentifier().deidentify(slice.file).dataSet
        #expect(output.string(.studyDate)?.count == 8)
        #expect(output.string(.studyTime)?.contains("092653") != true || number == "20180214")
    }

    @Test func `a measure whose bytes are printable is no text`() throws {
        var slice = HeadSlice()
        let widths: [Double] = [19.2, 0.6, 38.4, 2.2]
        for (element, width) in zip([0x9306, 0x9307, 0x9309, 0x9310] as [UInt16], widths) {
            let bits = width.bitPattern
            let bytes = (0..<8).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) }
            slice.set(DICOMTag(0x0018, element), .fd, bytes: bytes)
        }
        slice.set(DICOMTag(0x0018, 0x9311), .fd, bytes: Array("Quill h@".utf8))
        let output = try TestKeys.deidentifier().deidentify(slice.file).dataSet
        #expect(output.double(DICOMTag(0x0018, 0x9306)) == 19.2)
        #expect(output.double(DICOMTag(0x0018, 0x9310)) == 2.2)
        #expect(output[DICOMTag(0x0018, 0x9311)] == nil)
    }

    @Test(arguments: [
        (DICOMTag(0x0018, 0x0060), "48213"), (DICOMTag(0x0018, 0x1120), "1234"),
        (DICOMTag(0x0010, 0x1020), "174"), (DICOMTag(0x0018, 0x1190), "77123"),
    ])
    func `a number that the measure cannot have goes`(tag: DICOMTag, value: String) throws {
        var slice = HeadSlice()
        slice.set(tag, .ds, value)
        #expect(try TestKeys.deidentifier().deidentify(slice.file).dataSet.string(tag) ?? "" == "")
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
