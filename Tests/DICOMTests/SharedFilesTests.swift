import DICOM
import Foundation
import TestSupport
import Testing

/// Every shared file reads as pydicom reads it, and rewriting it changes nothing.
@Suite(.enabled(if: SharedData.exists, "needs ../shared"))
struct SharedFilesTests {
    @Test(arguments: PydicomDigests.folders)
    func `every element equals what pydicom reads`(folder: String) throws {
        let expected = try #require(PydicomDigests.table[folder])
        for line in expected.split(separator: "\n") {
            let fields = line.split(separator: ",")
            let path = "data/\(folder)/\(fields[0])"
            let file = try DICOMFile(reading: try SharedData.bytes(path))
            let dump = ElementDump.text(of: file.dataSet)
            #expect(ElementDump.digest(Array(dump.utf8)) == fields[1], "\(path)")
        }
    }

    @Test(arguments: PydicomDigests.folders)
    func `rewriting as explicit little endian keeps every element`(folder: String) throws {
        let expected = try #require(PydicomDigests.table[folder])
        for line in expected.split(separator: "\n") {
            let path = "data/\(folder)/\(line.split(separator: ",")[0])"
            let file = try DICOMFile(reading: try SharedData.bytes(path))
            var dataSet = file.dataSet
            for element in dataSet where element.tag.isGroupLength { dataSet[element.tag] = nil }
            if case .fragments = dataSet[.pixelData]?.value { dataSet[.pixelData] = nil }
            var meta = file.fileMeta
            meta[.transferSyntaxUID] = nil
            let bytes = try DICOMFile.write(dataSet: dataSet, fileMeta: meta)
            let again = try DICOMFile(reading: bytes)
            #expect(Self.normalized(again.dataSet) == Self.normalized(dataSet))
        }
    }

    /// The data set as it is after rewriting: no group lengths, even values.
    static func normalized(_ dataSet: DataSet) -> DataSet {
        var kept = DataSet(characterSet: dataSet.characterSet)
        for element in dataSet where !element.tag.isGroupLength {
            if element.vr == .sq {
                kept.set(element.tag, items: element.items.map(normalized))
            } else {
                // Sets pad odd values, which the writer does too.
                kept.set(element.tag, element.vr, bytes: element.bytes ?? [])
            }
        }
        return kept
    }

    @Test(arguments: ["skullbase", "midbrain"])
    func `one slice is the same data set in every native syntax`(slice: String) throws {
        func read(_ name: String) throws -> DICOMFile {
            let path = "data/transfer-syntaxes-head/\(slice)/\(name).dcm"
            return try DICOMFile(reading: try SharedData.bytes(path))
        }
        let reference = try read("explicit-le")
        for name in ["explicit-be", "deflated-explicit-le"] {
            let file = try read(name)
            for element in reference.dataSet where element.tag.group != 0x0002 {
                #expect(file.dataSet[element.tag]?.value == element.value, "\(name) \(element.tag)")
            }
        }
        let implicit = try read("implicit-le")
        for element in reference.dataSet where !element.tag.isPrivate && element.vr != .sq {
            #expect(implicit.dataSet[element.tag]?.value == element.value, "\(element.tag)")
        }
    }

    @Test(arguments: ["aisd", "bhsd-mbh", "bhsd-mbhseg25", "cpaisd", "ct-ich"])
    func `the planted identifiers of each site are where its key says`(site: String) throws {
        let key = try JSONDecoder().decode(
            IdentifierKey.self,
            from: Data(try SharedData.bytes("data/sites-real/\(site)/phi.json"))
        )
        var compared = 0
        for (path, entry) in key.files {
            let bytes = try SharedData.bytes("data/sites-real/\(site)/\(path)")
            guard path.hasPrefix("dicom/") else { continue }
            let file = try DICOMFile(reading: bytes)
            for element in entry.elements {
                guard let value = element.value, let found = element.tag else { continue }
                guard let text = file.dataSet.rawText(found) else { continue }
                #expect(text.contains(value), "\(path) \(found)")
                compared += 1
            }
        }
        #expect(compared > key.files.count * 10)
    }

    @Test func `names in Japanese are read with their groups`() throws {
        let path = "data/sites-real/aisd/dicom/0001077860/CT.1.IMA"
        let file = try DICOMFile(reading: try SharedData.bytes(path))
        #expect(file.dataSet.characterSet.terms == ["", "ISO 2022 IR 87"])
        let name = try #require(file.dataSet.string(.patientName))
        #expect(name.split(separator: "=").count == 3)
        #expect(!name.contains("\u{FFFD}"))
    }

    @Test(arguments: ["DICOMDIR", "DICOMDIR-bigEnd", "DICOMDIR-implicit"])
    func `a directory lists its records in each encoding`(name: String) throws {
        let path = "data/pydicom-head-samples/dicomdirtests/\(name)"
        let file = try DICOMFile(reading: try SharedData.bytes(path))
        let records = file.dataSet.items(.directoryRecordSequence)
        #expect(records.first?.string(.directoryRecordType) == "PATIENT")
        #expect(records.contains { $0.string(.patientName) == "Doe^Peter" })
        #expect(records.filter { $0.string(.directoryRecordType) == "IMAGE" }.count > 10)
    }
}

/// The part of a site's key of planted identifiers that these tests read.
struct IdentifierKey: Decodable {
    struct File: Decodable { let elements: [Element] }

    struct Element: Decodable {
        let path: String
        let value: String?

        /// The tag of a top-level element; nil for nested ones and file meta information.
        var tag: Tag? {
            guard path.count == 11, let number = UInt32(path.filter(\.isHexDigit), radix: 16),
                number >> 16 > 0x0002
            else { return nil }
            return Tag(number: number)
        }

        enum CodingKeys: CodingKey { case path, value }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            path = try container.decode(String.self, forKey: .path)
            value = try? container.decode(String.self, forKey: .value)
        }
    }

    let files: [String: File]
}
