import DICOM
import Deidentification
import Testing

/// The way back: what it holds, that it changes nothing else, and that without it there is none.
@Suite struct EncryptedAttributesTests {
    /// Turns every bit, so that a test can look inside what the core took for encrypted.
    private struct Inverting: EnvelopeSealing {
        func sealed(_ content: [UInt8]) throws(EnvelopeSealingFailure) -> [[UInt8]] {
            [content.map { ~$0 }, content.map { ~$0 } + [1]]
        }
    }

    private struct Failing: EnvelopeSealing {
        func sealed(_ content: [UInt8]) throws(EnvelopeSealingFailure) -> [[UInt8]] {
            throw EnvelopeSealingFailure("no recipient")
        }
    }

    private static func deidentifier(_ sealing: (any EnvelopeSealing)?) throws -> Deidentifier {
        Deidentifier(
            profile: .training,
            key: try DeidentificationKey(bytes: (0..<32).map { UInt8($0) }),
            toolVersion: "1.2.3",
            encryptedAttributes: sealing.map(EncryptedAttributes.init)
        )
    }

    @Test func `the originals of what was replaced come back, and nothing else`() throws {
        let slice = HeadSlice()
        let output = try Self.deidentifier(Inverting()).deidentify(slice.file)
        let file = try DICOMFile(reading: output.dicomBytes)
        #expect(try DICOMFile.write(dataSet: output.dataSet) == output.dicomBytes)
        let contents = EncryptedAttributes.contents(of: file)
        #expect(contents.count == 2)
        let originals = try EncryptedAttributes.originals(
            in: contents[0].content.map { ~$0 },
            syntax: contents[0].syntax
        )
        for tag in [
            DICOMTag.patientName, .patientID, .patientBirthDate, .accessionNumber, .studyDate,
            .studyInstanceUID, .seriesInstanceUID, .sopInstanceUID, .frameOfReferenceUID,
        ] {
            #expect(originals[tag] == slice.dataSet[tag], "\(tag)")
        }
        for tag in [DICOMTag.pixelData, .manufacturer, .pixelSpacing, .sopClassUID, .modality] {
            #expect(originals[tag] == nil, "\(tag)")
        }
    }

    @Test func `the rest of the file is the same with it and without`() throws {
        let slice = HeadSlice()
        let with = try Self.deidentifier(Inverting()).deidentify(slice.file)
        let without = try Self.deidentifier(nil).deidentify(slice.file)
        var rest = with.dataSet
        rest[.encryptedAttributesSequence] = nil
        #expect(rest == without.dataSet)
        #expect(without.dataSet[.encryptedAttributesSequence] == nil)
        #expect(with.dicomBytes.count > without.dicomBytes.count)
    }

    @Test func `encrypted attributes of others do not come through`() throws {
        var slice = HeadSlice()
        let foreign = DataSet([
            DataElement(tag: .encryptedContent, vr: .ob, value: .bytes(Array("Quillworth".utf8)))
        ])
        slice.dataSet.insert(
            DataElement(tag: .encryptedAttributesSequence, vr: .sq, value: .items([foreign]))
        )
        let without = try Self.deidentifier(nil).deidentify(slice.file)
        #expect(without.dataSet[.encryptedAttributesSequence] == nil)
        let with = try Self.deidentifier(Inverting()).deidentify(slice.file)
        let file = try DICOMFile(reading: with.dicomBytes)
        for (content, syntax) in EncryptedAttributes.contents(of: file).prefix(1) {
            let originals = try EncryptedAttributes.originals(
                in: content.map { ~$0 },
                syntax: syntax
            )
            #expect(originals[.encryptedAttributesSequence] == nil)
            #expect(originals[.patientName] != nil)
        }
    }

    @Test func `texts come back in the characters they were written in`() throws {
        var slice = HeadSlice(patientName: "Muller^Jorg")
        slice.set(.specificCharacterSet, .cs, "ISO_IR 100")
        slice.set(
            .patientName,
            .pn,
            bytes: Array("M".utf8) + [0xFC] + Array("ller^J".utf8) + [0xF6]
        )
        let output = try Self.deidentifier(Inverting()).deidentify(slice.file)
        let file = try DICOMFile(reading: output.dicomBytes)
        let (content, syntax) = try #require(EncryptedAttributes.contents(of: file).first)
        let originals = try EncryptedAttributes.originals(in: content.map { ~$0 }, syntax: syntax)
        #expect(originals.string(.patientName) == "Müller^Jö")
    }

    @Test func `what cannot be encrypted is held back`() throws {
        let error = #expect(throws: QuarantineReason.self) {
            try Self.deidentifier(Failing()).deidentify(HeadSlice().file)
        }
        #expect(error?.code == .unwritable)
        #expect(error?.detail.contains("no recipient") == true)
    }

    @Test func `noise after a wrong key is an error`() {
        #expect(throws: DICOMError.self) {
            try EncryptedAttributes.originals(in: [1, 2, 3, 4, 5, 6, 7, 8, 9], syntax: "1.2")
        }
        #expect(throws: DICOMError.self) {
            try EncryptedAttributes.originals(
                in: [UInt8](repeating: 0xA5, count: 200),
                syntax: TransferSyntax.explicitVRLittleEndian.uid
            )
        }
    }
}
