import DICOM
import Deidentification

/// A small CT image of a head, made in memory, with fictitious identity.
struct HeadSlice {
    /// Columns and rows of the image.
    static let size = 32

    var dataSet: DataSet

    init(patientID: String = "KX-44018-7", patientName: String = "Quillworth^Zebedina") {
        let texts: [(Tag, VR, String)] = [
            (.imageType, .cs, "ORIGINAL\\PRIMARY\\AXIAL"),
            (.sopClassUID, .ui, SeriesSelection.ctImageStorage),
            (.sopInstanceUID, .ui, "1.2.826.0.1.99.1.1"),
            (.studyInstanceUID, .ui, "1.2.826.0.1.99.1"),
            (.seriesInstanceUID, .ui, "1.2.826.0.1.99.2"),
            (.frameOfReferenceUID, .ui, "1.2.826.0.1.99.3"),
            (.studyDate, .da, "20180214"), (.studyTime, .tm, "101530.25"),
            (.modality, .cs, "CT"), (.manufacturer, .lo, "SIEMENS"),
            (.manufacturerModelName, .lo, "SOMATOM Definition AS+"),
            (.accessionNumber, .sh, "ACC0031288"), (.studyID, .sh, "88123"),
            (.patientName, .pn, patientName), (.patientID, .lo, patientID),
            (.patientBirthDate, .da, "19410309"), (.patientSex, .cs, "F"),
            (.patientAge, .as, "076Y"), (.bodyPartExamined, .cs, "HEAD"),
            (.sliceThickness, .ds, "5"), (.kvp, .ds, "120"),
            (.convolutionKernel, .sh, "J30s"), (.patientPosition, .cs, "HFS"),
            (.seriesNumber, .is, "2"), (.acquisitionNumber, .is, "1"),
            (.instanceNumber, .is, "17"), (.pixelSpacing, .ds, "0.45\\0.45"),
            (.imagePositionPatient, .ds, "-115.5\\-101.25\\796.21"),
            (.imageOrientationPatient, .ds, "1\\0\\0\\0\\1\\0"),
            (.photometricInterpretation, .cs, "MONOCHROME2"),
            (.rescaleIntercept, .ds, "-1024"), (.rescaleSlope, .ds, "1"),
            (.rescaleType, .lo, "HU"),
        ]
        dataSet = DataSet()
        for (tag, vr, text) in texts { set(tag, vr, text) }
        let numbers: [(Tag, UInt16)] = [
            (.samplesPerPixel, 1), (.rows, UInt16(Self.size)), (.columns, UInt16(Self.size)),
            (.bitsAllocated, 16), (.bitsStored, 12), (.highBit, 11), (.pixelRepresentation, 0),
        ]
        for (tag, number) in numbers {
            set(tag, .us, bytes: [UInt8(number & 0xFF), UInt8(number >> 8)])
        }
        setPixels(Self.pixels)
    }

    /// Values with noise, so that nothing in the image is flat.
    static let pixels: [UInt16] = {
        var state: UInt32 = 7
        return (0..<size * size).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return 1050 + UInt16(state >> 27)
        }
    }()

    var file: DICOMFile { DICOMFile(dataSet: dataSet) }

    mutating func set(_ tag: Tag, _ vr: VR, _ text: String) {
        var bytes = Array(text.utf8)
        if !bytes.count.isMultiple(of: 2) { bytes.append(vr == .ui ? 0 : 0x20) }
        set(tag, vr, bytes: bytes)
    }

    mutating func set(_ tag: Tag, _ vr: VR, bytes: [UInt8]) {
        dataSet.insert(DataElement(tag: tag, vr: vr, value: .bytes(bytes)))
    }

    mutating func set(_ tag: Tag, items: [DataSet]) {
        dataSet.insert(DataElement(tag: tag, vr: .sq, value: .items(items)))
    }

    mutating func setPixels(_ words: [UInt16]) {
        set(
            .pixelData,
            .ow,
            bytes: words.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        )
    }

    /// A data set of text elements, for items.
    static func item(_ elements: [(Tag, VR, String)]) -> DataSet {
        var slice = HeadSlice()
        slice.dataSet = DataSet()
        for (tag, vr, text) in elements { slice.set(tag, vr, text) }
        return slice.dataSet
    }
}

/// De-identifiers with fixed keys.
enum TestKeys {
    static func deidentifier(seed: UInt8 = 0) throws -> Deidentifier {
        let key = try DeidentificationKey(bytes: (0..<32).map { $0 &+ seed })
        return Deidentifier(profile: .training, key: key, toolVersion: "1.2.3")
    }
}

/// The tag of DICOM, where Testing has a `Tag` too.
typealias DICOMTag = Tag
