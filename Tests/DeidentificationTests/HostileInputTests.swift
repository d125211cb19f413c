import DICOM
import Deidentification
import Testing

/// Whatever the bytes, a file is released clean or held back; a crash would end the run.
@Suite struct HostileInputTests {
    private static func outcome(_ bytes: [UInt8], _ search: LeakSearch) throws -> Bool {
        let file: DICOMFile
        do throws(DICOMError) { file = try DICOMFile(reading: bytes) } catch {
            #expect(!error.description.isEmpty)
            return false
        }
        let deidentifier = try TestKeys.deidentifier()
        do throws(QuarantineReason) {
            let output = try deidentifier.deidentify(file)
            #expect(search.hits(in: output.dicomBytes).isEmpty)
            return true
        } catch {
            #expect(search.hits(in: Array(error.description.utf8)).isEmpty)
            return false
        }
    }

    private static let search: LeakSearch = {
        var search = LeakSearch()
        for word in ["Quillworth", "Zebedina", "KX-44018", "ACC0031288"] { search.add(word: word) }
        return search
    }()

    @Test func `a file cut at any byte is released clean or held back`() throws {
        var slice = HeadSlice()
        slice.set(
            .referencedSeriesSequence,
            items: [
                HeadSlice.item([
                    (.seriesInstanceUID, .ui, "1.2.3.4"), (.patientName, .pn, "Quillworth"),
                ])
            ]
        )
        let bytes = try DICOMFile.write(dataSet: slice.dataSet)
        var released = 0
        for length in 0..<bytes.count - 2048 + 8
        where try Self.outcome(Array(bytes[..<length]), Self.search) { released += 1 }
        #expect(released == 0)
        #expect(try Self.outcome(bytes, Self.search))
    }

    @Test func `a file with any byte of its header changed is released clean or held back`() throws
    {
        let bytes = try DICOMFile.write(dataSet: HeadSlice().dataSet)
        var released = 0
        for place in 132..<bytes.count - 2048 {
            for value in [0x00, 0xFF, bytes[place] ^ 0x01] as [UInt8] {
                var damaged = bytes
                damaged[place] = value
                if try Self.outcome(damaged, LeakSearch()) { released += 1 }
            }
        }
        #expect(released > 100)
    }
}
