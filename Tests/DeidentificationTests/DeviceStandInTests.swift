import DICOM
import Deidentification
import Testing

/// Serial numbers and station names name a hospital: a stand-in tells scanners apart instead.
@Suite struct DeviceStandInTests {
    private static let serial = DICOMTag(0x0018, 0x1000)
    private static let station = DICOMTag(0x0008, 0x1010)

    private static func output(serial: String, seed: UInt8 = 0) throws -> DataSet {
        var slice = HeadSlice()
        slice.set(Self.serial, .lo, serial)
        slice.set(station, .sh, "WEXMOOR-CT1")
        return try TestKeys.deidentifier(seed: seed).deidentify(slice.file).dataSet
    }

    @Test func `the same scanner has the same stand-in, another another`() throws {
        let one = try Self.output(serial: "HS-20771")
        let two = try Self.output(serial: "HS-20771")
        let other = try Self.output(serial: "HS-20772")
        let name = try #require(one.string(Self.serial))
        #expect(name == two.string(Self.serial))
        #expect(name != other.string(Self.serial))
        #expect(name.hasPrefix("D") && name.count == 11)
        #expect(one.string(Self.station) == other.string(Self.station))
        #expect(one.string(Self.station)?.contains("WEXMOOR") == false)
    }

    @Test func `another key gives another stand-in`() throws {
        let one = try Self.output(serial: "70417").string(Self.serial)
        let other = try Self.output(serial: "70417", seed: 1).string(Self.serial)
        #expect(one != other)
    }
}
