import DICOM
import Deidentification
import Foundation
import TestSupport
import Testing

/// Private elements of the safe list, used as meant and abused.
@Suite struct PrivateCorpusTests {
    struct Row: Sendable {
        let group: UInt16
        let element: UInt8
        let creator: String
        let vr: VR
        let multiplicity: String
    }

    /// The rows of the safe list of PS3.15 whose representation is known.
    static let rows: [Row] = {
        let url = SharedData.repository.appending(
            path: "Deploy/dicom-tables/ps3.15-safe-private.csv"
        )
        let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").dropFirst().compactMap { line in
            guard line.hasPrefix("\"("), let end = line.firstIndex(of: ")") else { return nil }
            let tag = line[line.index(line.startIndex, offsetBy: 2)..<end]
            var rest = line[end...].dropFirst(3)
            let creator: Substring
            if rest.first == "\"" {
                rest = rest.dropFirst()
                creator = rest.prefix { $0 != "\"" }
                rest = rest.dropFirst(creator.count + 2)
            } else {
                creator = rest.prefix { $0 != "," }
                rest = rest.dropFirst(creator.count + 1)
            }
            let fields = rest.split(separator: ",", omittingEmptySubsequences: false)
            guard fields.count >= 2, let vr = VR(rawValue: String(fields[0])),
                line.contains("PS3.15 E.3.10-1"),
                let group = UInt16(tag.prefix(4), radix: 16),
                let element = UInt8(tag.suffix(2), radix: 16)
            else { return nil }
            return Row(
                group: group,
                element: element,
                creator: String(creator),
                vr: vr,
                multiplicity: String(fields[1])
            )
        }
    }()

    private static func count(_ row: Row) -> Int {
        Int(row.multiplicity.prefix { $0.isNumber }) ?? 1
    }

    private static func slice(_ row: Row, _ vr: VR, _ bytes: [UInt8], block: UInt16 = 0x10)
        -> HeadSlice
    {
        var slice = HeadSlice()
        slice.set(DICOMTag(row.group, block), .lo, row.creator)
        slice.set(
            DICOMTag(row.group, block << 8 | UInt16(row.element)),
            vr,
            bytes: bytes + (bytes.count % 2 == 1 ? [0x20] : [])
        )
        return slice
    }

    @Test func `the list is whole`() { #expect(Self.rows.count == 125) }

    @Test func `numbers in safe elements stay, in whatever block they are`() throws {
        let deidentifier = try TestKeys.deidentifier()
        for row in Self.rows {
            let count = Self.count(row)
            let bytes: [UInt8]
            switch row.vr {
            case .ds:
                bytes = Array([String](repeating: "1.5", count: count).joined(separator: "\\").utf8)
            case .is:
                bytes = Array([String](repeating: "12", count: count).joined(separator: "\\").utf8)
            case .us, .ss: bytes = (0..<count).flatMap { _ in [3, 0] as [UInt8] }
            case .ul, .sl: bytes = (0..<count).flatMap { _ in [7, 1, 0, 0] as [UInt8] }
            case .fl: bytes = (0..<count).flatMap { _ in [0, 0, 0xC0, 0x3F] as [UInt8] }
            case .fd:
                bytes = (0..<count).flatMap { _ in [0, 0, 0, 0, 0, 0, 0xF8, 0x3F] as [UInt8] }
            default: continue
            }
            for (vr, block) in [(row.vr, 0x10), (row.vr, 0x7A), (.un, 0x11)] as [(VR, UInt16)] {
                let slice = Self.slice(row, vr, bytes, block: block)
                let output = try deidentifier.deidentify(slice.file).dataSet
                let tag = DICOMTag(row.group, 0x1000 | UInt16(row.element))
                #expect(
                    output[tag]?.bytes?.prefix(bytes.count) == bytes[...],
                    "\(tag) \(row.creator) \(row.vr) as \(vr)"
                )
                #expect(output.privateCreator(for: tag) == row.creator)
            }
        }
    }

    @Test func `a token in a safe element does not pass`() throws {
        let deidentifier = try TestKeys.deidentifier()
        var search = LeakSearch()
        for word in ["ZQXJWYKOFF", "4471182", "19410309"] { search.add(word: word) }
        for row in Self.rows {
            for text in ["ZQXJWYKOFF", "4471182", "Head ZQXJWYKOFF", "1941.03.09 19410309"] {
                for vr in [row.vr, .un, .lo, .ob] where vr != .sq {
                    let unit = max(1, vr.swapUnit)
                    let bytes = Array(Array(text.utf8).prefix(text.utf8.count / unit * unit))
                    let slice = Self.slice(row, vr, bytes)
                    let output = try deidentifier.deidentify(slice.file)
                    let hits = search.hits(in: output.dicomBytes)
                    #expect(hits.isEmpty, "\(row.group) \(row.element) \(row.creator) \(vr)")
                }
            }
        }
    }

    @Test func `items of private sequences and foreign blocks are gone`() throws {
        var search = LeakSearch()
        search.add(word: "ZQXJWYKOFF")
        for row in Self.rows where row.vr == .sq {
            var slice = Self.slice(row, .ob, [])
            slice.set(
                DICOMTag(row.group, 0x1000 | UInt16(row.element)),
                items: [HeadSlice.item([(.patientName, .pn, "ZQXJWYKOFF")])]
            )
            let output = try TestKeys.deidentifier().deidentify(slice.file)
            #expect(search.hits(in: output.dicomBytes).isEmpty)
        }
        // The creator of another block, a missing creator, and creators that carry a name.
        for creator in ["ZQXJWYKOFF", "GEMS_ACQU_01 ZQXJWYKOFF", "gems_acqu_01\\ZQXJWYKOFF"] {
            var slice = HeadSlice()
            slice.set(DICOMTag(0x0019, 0x0010), .lo, creator)
            slice.set(DICOMTag(0x0019, 0x1023), .ds, "1.25")
            slice.set(DICOMTag(0x0019, 0x1123), .lo, "ZQXJWYKOFF")
            slice.set(DICOMTag(0x0019, 0x0001), .lo, "ZQXJWYKOFF")
            let output = try TestKeys.deidentifier().deidentify(slice.file)
            #expect(search.hits(in: output.dicomBytes).isEmpty, "\(creator)")
            #expect(output.dataSet.allSatisfy { !$0.tag.isPrivate }, "\(creator)")
        }
    }
}
