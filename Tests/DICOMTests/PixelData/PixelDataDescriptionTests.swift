import DICOM
import Testing

@Suite struct PixelDataDescriptionTests {
    @Test func `attributes are read with their defaults`() throws {
        var dataSet = PixelImage(bitsStored: 12, isSigned: true).dataSet
        dataSet.remove(.numberOfFrames)
        dataSet.remove(.highBit)
        let description = try PixelDataDescription(dataSet)
        #expect(description.rows == 32 && description.columns == 40)
        #expect(description.highBit == 11 && description.isSigned)
        #expect(description.numberOfFrames == 1 && description.planarConfiguration == 0)
        #expect(description.photometricInterpretation == "MONOCHROME2")
    }

    @Test(arguments: [
        DICOM.Tag.rows, .columns, .samplesPerPixel, .bitsAllocated, .bitsStored,
        .pixelRepresentation,
        .photometricInterpretation,
    ])
    func `a missing attribute is named`(tag: DICOM.Tag) {
        var dataSet = PixelImage().dataSet
        dataSet.remove(tag)
        #expect {
            try PixelDataDescription(dataSet)
        } throws: { error in
            let error = error as? DICOMError
            return error?.code == .missingAttribute && error?.tag == tag
        }
    }

    @Test(arguments: [
        PixelImage(rows: 0), PixelImage(columns: 0), PixelImage(samplesPerPixel: 9),
        PixelImage(bitsAllocated: 12, bitsStored: 12), PixelImage(bitsStored: 17),
        PixelImage(bitsStored: 12, highBit: 16), PixelImage(bitsStored: 12, highBit: 3),
        PixelImage(bitsAllocated: 32, bitsStored: 32), PixelImage(frames: 0),
        PixelImage(planarConfiguration: 2),
    ])
    func `an impossible attribute is refused`(image: PixelImage) {
        #expect(code { try PixelDataDescription(image.dataSet) } == .invalidAttribute)
    }

    @Test func `a frame beyond the limit is refused before memory is taken`() {
        let image = PixelImage(rows: 65535, columns: 65535)
        #expect(code { try image.decode(native: []) } == .imageSizeLimit)
    }

    @Test func `a compressed frame that is far too short is refused before memory is taken`() {
        let image = PixelImage(rows: 8192, columns: 8192)
        var start = JPEGLosslessEncoder(rows: 4, columns: 4).encode([Int](repeating: 0, count: 16))
        start.replaceSubrange(7..<11, with: [0x20, 0, 0x20, 0])
        #expect(code { try image.decode(start, .jpegLossless) } == .invalidPixelData)
    }

    @Test(arguments: [
        "1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51", "1.2.840.10008.1.2.4.201",
        "1.2.840.10008.1.2.4.202", "1.2.840.10008.1.2.4.203", "1.2.840.10008.1.2.4.102",
        "1.2.840.10008.1.2.4.999",
    ])
    func `an undecodable transfer syntax is named`(uid: String) throws {
        let syntax = try #require(TransferSyntax(uid: uid))
        #expect {
            try PixelImage().decode([0xFF, 0xD8], syntax)
        } throws: { error in
            let error = error as? DICOMError
            return error?.code == .unsupportedTransferSyntax && error?.detail.contains(uid) == true
        }
    }

    @Test func `native bytes in a compressed syntax are refused and vice versa`() {
        let image = PixelImage()
        #expect(
            code { try image.decode(items: [[], [1, 2]], .explicitVRLittleEndian) }
                == .invalidPixelData
        )
        var dataSet = image.dataSet
        #expect(
            code { try PixelDecoder.decode(dataSet, transferSyntax: .rleLossless) }
                == .missingAttribute
        )
        dataSet.insert(DataElement(tag: .pixelData, vr: .ow, value: .bytes([0, 0])))
        #expect(
            code { try PixelDecoder.decode(dataSet, transferSyntax: .rleLossless) }
                == .invalidPixelData
        )
    }
}
