import DICOM
import Deidentification
import Testing

/// The Clean Graphics Option keeps regions, and nothing that could be writing.
@Suite struct OverlayRegionTests {
    private static let side = HeadSlice.size

    private static func output(
        _ isSet: (Int, Int) -> Bool,
        options: Set<DeidentificationProfile.Option> = [.cleanGraphics]
    ) throws -> DataSet {
        var slice = HeadSlice()
        var bytes = [UInt8](repeating: 0, count: side * side / 8)
        for row in 0..<side {
            for column in 0..<side where isSet(row, column) {
                bytes[(row * side + column) / 8] |= 1 << UInt8(column & 7)
            }
        }
        let size: [UInt8] = [UInt8(side), 0]
        slice.set(DICOMTag(0x6000, 0x0010), .us, bytes: size)
        slice.set(DICOMTag(0x6000, 0x0011), .us, bytes: size)
        slice.set(DICOMTag(0x6000, 0x0022), .lo, "Quillworth")
        slice.set(DICOMTag(0x6000, 0x0040), .cs, "G")
        slice.set(DICOMTag(0x6000, 0x0050), .ss, bytes: [1, 0, 1, 0])
        slice.set(DICOMTag(0x6000, 0x0100), .us, bytes: [1, 0])
        slice.set(DICOMTag(0x6000, 0x0102), .us, bytes: [0, 0])
        slice.set(DICOMTag(0x6000, 0x3000), .ow, bytes: bytes)
        let key = try DeidentificationKey(bytes: [UInt8](repeating: 9, count: 32))
        let profile = try DeidentificationProfile(name: "graphics", options: options)
        return try Deidentifier(profile: profile, key: key, toolVersion: "1")
            .deidentify(slice.file).dataSet
    }

    private static func isSet(_ output: DataSet, _ row: Int, _ column: Int) -> Bool {
        guard let bytes = output[DICOMTag(0x6000, 0x3000)]?.bytes else { return false }
        return bytes[(row * side + column) / 8] >> UInt8(column & 7) & 1 == 1
    }

    @Test func `an outlined region stays, filled, and what is written into it goes`() throws {
        let output = try Self.output { row, column in
            let isInside = (8...24).contains(row) && (8...24).contains(column)
            let isEdge = [8, 24].contains(row) || [8, 24].contains(column)
            return isInside && (isEdge || row == 15 && column.isMultiple(of: 2))
        }
        #expect(Self.isSet(output, 15, 12) && Self.isSet(output, 15, 13))
        #expect(Self.isSet(output, 12, 12) && !Self.isSet(output, 4, 4))
        #expect(output.string(DICOMTag(0x6000, 0x0040)) == "R")
        #expect(output[DICOMTag(0x6000, 0x0022)] == nil)
        let codes = output.items(.deidentificationMethodCodeSequence).map { $0.string(.codeValue) }
        #expect(codes == ["113100", "113103"])
    }

    @Test func `lines, strokes and small marks go`() throws {
        let output = try Self.output { row, column in
            row == 3 || row == column || (20...22).contains(row) && (28...30).contains(column)
        }
        #expect(output[DICOMTag(0x6000, 0x3000)] == nil)
    }

    @Test func `without the option no overlay stays`() throws {
        let output = try Self.output({ row, column in row > 8 && column > 8 }, options: [])
        #expect(!output.contains { (0x6000...0x601E).contains($0.tag.group) })
    }
}
