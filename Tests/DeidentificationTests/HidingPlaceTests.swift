import DICOM
import Deidentification
import Testing

/// Places outside ordinary attributes in which identifiers really hide.
@Suite struct HidingPlaceTests {
    private static let token = "ZQXJBLYTHEWICK"

    private static func output(_ slice: HeadSlice) throws -> DeidentifiedInstance {
        try TestKeys.deidentifier().deidentify(slice.file)
    }

    private static func leaks(_ slice: HeadSlice) throws -> Bool {
        var scan = NeedleScan()
        scan.add(token, label: token)
        return try !scan.hits(in: output(slice).dicomBytes).isEmpty
    }

    @Test(arguments: [
        (DICOMTag(0x6000, 0x3000), VR.ow), (DICOMTag(0x6002, 0x0022), .lo),
        (DICOMTag(0x6000, 0x1500), .lo),
        (DICOMTag(0x5000, 0x2500), .lo), (DICOMTag(0x5002, 0x3000), .ow),
        (DICOMTag(0xFFFC, 0xFFFC), .ob),
        (DICOMTag(0x0400, 0x0520), .ob), (DICOMTag(0x0008, 0x0000), .ul),
        (DICOMTag(0x0010, 0x9999), .lo),
        (DICOMTag(0x0018, 0x9999), .un), (DICOMTag(0x7FE0, 0x0001), .ov),
        (DICOMTag(0x4008, 0x0042), .lo),
        (DICOMTag(0x0009, 0x0011), .lo), (DICOMTag(0x0009, 0x0001), .lo),
    ])
    func `unlisted and graphic elements are gone`(tag: DICOMTag, vr: VR) throws {
        var slice = HeadSlice()
        slice.set(tag, vr, Self.token)
        #expect(try !Self.leaks(slice))
        #expect(try Self.output(slice).dataSet[tag] == nil)
    }

    @Test(arguments: [
        DICOMTag(0x0400, 0x0500), DICOMTag(0x0400, 0x0561), DICOMTag(0xFFFA, 0xFFFA),
        DICOMTag(0x0088, 0x0200),
        DICOMTag(0x0018, 0xA001), DICOMTag(0x4FFE, 0x0001), DICOMTag(0x0008, 0x0300),
        DICOMTag(0x0040, 0xA730),
    ])
    func `sequences of envelopes, former values, signatures and icons are gone`(tag: DICOMTag)
        throws
    {
        var slice = HeadSlice()
        slice.set(tag, items: [HeadSlice.item([(.patientName, .pn, Self.token)])])
        #expect(try !Self.leaks(slice))
        #expect(try Self.output(slice).dataSet[tag] == nil)
    }

    @Test func `what stands after a NUL is cut off`() throws {
        var slice = HeadSlice()
        slice.set(.studyDescription, .lo, "CT HEAD\0" + Self.token)
        slice.set(.convolutionKernel, .sh, "H31s\0" + Self.token)
        slice.set(.sliceThickness, .ds, "5\0" + Self.token)
        let output = try Self.output(slice)
        #expect(try !Self.leaks(slice))
        #expect(output.dataSet.string(.studyDescription) == "CT HEAD")
        #expect(output.dataSet.string(.convolutionKernel) == "H31s")
        #expect(output.dataSet.string(.sliceThickness) == "5")
    }

    @Test func `text in numbers, codes, dates and identifiers does not pass`() throws {
        let places: [(DICOMTag, VR)] = [
            (.reconstructionDiameter, .ds), (.exposureTime, .is), (.scanOptions, .cs),
            (.rotationDirection, .cs), (.contentDate, .da), (.acquisitionDateTime, .dt),
            (.contentTime, .tm), (.patientSex, .cs), (.filterType, .sh), (.manufacturer, .lo),
            (.manufacturerModelName, .lo), (.softwareVersions, .lo), (.patientAge, .as),
            (.positionReferenceIndicator, .lo), (.rescaleType, .lo), (.irradiationEventUID, .ui),
            (.ctdiVol, .fd), (.pixelPaddingValue, .us),
        ]
        for (tag, vr) in places {
            var slice = HeadSlice()
            slice.set(tag, vr, Self.token)
            #expect(try !Self.leaks(slice), "\(tag)")
        }
    }

    @Test func `a value representation that is not the attribute's own is dropped`() throws {
        var slice = HeadSlice()
        slice.set(.sliceThickness, .lo, "5")
        slice.set(.kvp, .ob, "120")
        let output = try Self.output(slice).dataSet
        #expect(output[.sliceThickness]?.isEmpty == true)
        #expect(output[.kvp]?.isEmpty == true)
    }

    @Test func `bits above the stored ones are cleared`() throws {
        var slice = HeadSlice()
        slice.setPixels(HeadSlice.pixels.enumerated().map { $1 | ($0 % 3 == 0 ? 0xA000 : 0) })
        let output = try Self.output(slice)
        let words = try #require(output.dataSet.bytes(.pixelData))
        #expect(words == HeadSlice.pixels.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
    }

    @Test func `preamble, file meta and trailing bytes are written anew`() throws {
        var meta = DataSet()
        meta.insert(
            DataElement(
                tag: .sourceApplicationEntityTitle,
                vr: .ae,
                value: .bytes(Array(Self.token.utf8))
            )
        )
        meta.insert(
            DataElement(
                tag: .privateInformation,
                vr: .ob,
                value: .bytes(Array(Self.token.utf8))
            )
        )
        var bytes = try DICOMFile.write(dataSet: HeadSlice().dataSet, fileMeta: meta)
        bytes.replaceSubrange(0..<Self.token.utf8.count, with: Self.token.utf8)
        bytes += Array(Self.token.utf8)
        let output = try TestKeys.deidentifier().deidentify(DICOMFile(reading: bytes))
        var scan = NeedleScan()
        scan.add(Self.token, label: Self.token)
        #expect(scan.hits(in: bytes) == [Self.token])
        #expect(scan.hits(in: output.dicomBytes).isEmpty)
        #expect(output.dicomBytes.prefix(128).allSatisfy { $0 == 0 })
    }

    @Test func `safe private elements stay by creator, under blocks numbered anew`() throws {
        var slice = HeadSlice()
        slice.set(DICOMTag(0x0019, 0x0010), .lo, "ACME PRIVATE")
        slice.set(DICOMTag(0x0019, 0x1023), .ds, "4711001")
        slice.set(DICOMTag(0x0019, 0x0044), .lo, "GEMS_ACQU_01")
        slice.set(DICOMTag(0x0019, 0x4423), .ds, "+1.25")
        slice.set(DICOMTag(0x0019, 0x4424), .ds, Self.token)
        slice.set(DICOMTag(0x0019, 0x449E), .lo, Self.token)
        slice.set(DICOMTag(0x0019, 0x4402), .lo, Self.token)
        slice.set(DICOMTag(0x0043, 0x0010), .lo, "GEMS_PARM_01")
        slice.set(DICOMTag(0x0043, 0x1027), .sh, "0.562:1")
        slice.set(DICOMTag(0x01F1, 0x0010), .lo, "ELSCINT1")
        slice.set(DICOMTag(0x01F1, 0x1001), .cs, "SPIRAL")
        slice.set(DICOMTag(0x01F1, 0x1007), .cs, "NOT A NUMBER")
        let output = try Self.output(slice).dataSet
        #expect(try !Self.leaks(slice))
        let kept = output.filter(\.tag.isPrivate).map(\.tag.description)
        #expect(
            kept == [
                "(0019,0010)", "(0019,1023)", "(0043,0010)", "(0043,1027)", "(01F1,0010)",
                "(01F1,1001)",
            ]
        )
        #expect(output.privateCreator(for: DICOMTag(0x0019, 0x1023)) == "GEMS_ACQU_01")
        #expect(output.string(DICOMTag(0x0019, 0x1023)) == "+1.25")
    }

    @Test func `codes of shared schemes stay and local codes go`() throws {
        func code(_ value: String, _ scheme: String, _ meaning: String) -> DataSet {
            HeadSlice.item([
                (.codeValue, .sh, value), (.codingSchemeDesignator, .sh, scheme),
                (.codeMeaning, .lo, meaning),
            ])
        }
        var slice = HeadSlice()
        slice.set(
            .anatomicRegionSequence,
            items: [
                code("69536005", "SCT", "Head"), code("69536006", "SCT", "Head"),
                code("T-D1100", "SRT", "Head"), code("HEAD", "99HOSP", Self.token),
                code("113100", "DCM", Self.token),
            ]
        )
        let output = try Self.output(slice).dataSet
        let items = output.items(.anatomicRegionSequence)
        #expect(items.compactMap { $0.string(.codeValue) } == ["69536005", "T-D1100", "113100"])
        #expect(
            items.compactMap { $0.string(.codeMeaning) } == ["Head", "Head", "113100"]
        )
    }
}
