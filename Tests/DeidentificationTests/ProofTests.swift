import CanonicalJSON
import Crypto
import DICOM
import Deidentification
import Foundation
import Testing

/// Profiles with their options, manifests, and what is shown to people.
@Suite struct ProofTests {
    private static func deidentifier(
        _ options: Set<DeidentificationProfile.Option>
    ) throws -> Deidentifier {
        Deidentifier(
            profile: try DeidentificationProfile(name: "test", options: options),
            key: try DeidentificationKey(bytes: [UInt8](repeating: 3, count: 32)),
            toolVersion: "1"
        )
    }

    private static func slice() -> HeadSlice {
        var slice = HeadSlice()
        slice.set(DICOMTag(0x0008, 0x0080), .lo, "Quellgrund Clinic")
        slice.set(DICOMTag(0x0008, 0x0081), .st, "Nowhere Lane 12 c/o Quillworth")
        slice.set(.studyDescription, .lo, "CT HEAD")
        slice.set(DICOMTag(0x0019, 0x0010), .lo, "GEMS_ACQU_01")
        slice.set(DICOMTag(0x0019, 0x1023), .ds, "1.25")
        slice.set(
            DICOMTag(0x0040, 0x0555),
            items: [
                HeadSlice.item([
                    (DICOMTag(0x0040, 0xA040), .cs, "NUMERIC"),
                    (DICOMTag(0x0040, 0xA30A), .ds, "3.5"),
                ])
            ]
        )
        return slice
    }

    @Test func `each option keeps what it is for and is stated`() throws {
        let shows: [(DeidentificationProfile.Option, DICOMTag, String)] = [
            (.retainFullDates, .studyDate, "20180214"),
            (.retainUIDs, .sopInstanceUID, "1.2.826.0.1.99.1.1"),
            (.retainInstitutionIdentity, DICOMTag(0x0008, 0x0080), "Quellgrund Clinic"),
            (.retainPatientCharacteristics, .patientAge, "076Y"),
            (.cleanDescriptors, .studyDescription, "CT HEAD"),
            (.retainSafePrivate, DICOMTag(0x0019, 0x1023), "1.25"),
        ]
        for (option, tag, value) in shows {
            let with = try Self.deidentifier([option]).deidentify(Self.slice().file).dataSet
            let without = try Self.deidentifier([]).deidentify(Self.slice().file).dataSet
            #expect(with.string(tag) == value, "\(option)")
            #expect(without.string(tag) != value, "\(option)")
            let codes = with.items(.deidentificationMethodCodeSequence)
                .compactMap { $0.string(.codeValue) }
            #expect(codes == ["113100", option.rawValue])
        }
        let content = try Self.deidentifier([.cleanStructuredContent])
            .deidentify(Self.slice().file).dataSet
        #expect(
            content.items(DICOMTag(0x0040, 0x0555)).first?.string(DICOMTag(0x0040, 0xA30A)) == "3.5"
        )
    }

    @Test func `an institution that is kept still names no person`() throws {
        let output = try Self.deidentifier([.retainInstitutionIdentity])
            .deidentify(Self.slice().file).dataSet
        #expect(output[DICOMTag(0x0008, 0x0081)] == nil)
    }

    @Test func `dates are kept or moved, not both`() {
        #expect(throws: DeidentificationError.self) {
            try DeidentificationProfile(
                name: "x",
                options: [.retainFullDates, .retainModifiedDates]
            )
        }
    }

    @Test func `a profile is read by keywords and by codes, and no other`() throws {
        func profile(_ text: String) throws -> DeidentificationProfile {
            try JSONDecoder().decode(DeidentificationProfile.self, from: Data(text.utf8))
        }
        let words = try profile(
            #"{"name":"a","options":["retain-uids","113105"],"selection":"any-ct"}"#
        )
        #expect(words.options == [.basicProfile, .retainUIDs, .cleanDescriptors])
        #expect(words.selection == .anyCT)
        #expect(throws: (any Error).self) { try profile(#"{"name":"a","options":["x"]}"#) }
    }

    @Test func `a manifest is intact until anything in it changes`() throws {
        let output = try Self.deidentifier([]).deidentify(Self.slice().file)
        func manifest(digest: String) -> StudyManifest {
            StudyManifest(
                tool: "test",
                profile: .training,
                studyInstanceUID: output.studyInstanceUID,
                patient: output.patientPseudonym,
                files: [
                    StudyManifest.File(
                        path: "b.dcm",
                        sopInstanceUID: "2.25.2",
                        inputDigest: "00",
                        outputDigest: digest
                    ),
                    StudyManifest.File(
                        path: "a.dcm",
                        sopInstanceUID: "2.25.1",
                        inputDigest: "01",
                        outputDigest: "ff"
                    ),
                ],
                actions: output.counts,
                series: []
            )
        }
        let key = P256.Signing.PrivateKey()
        let signed = try SignedManifest(manifest(digest: "aa"), key: key)
        #expect(signed.isIntact)
        #expect(signed.manifest.files.map(\.path) == ["a.dcm", "b.dcm"])
        #expect(manifest(digest: "ab").root != signed.manifest.root)
        let text = String(decoding: try CanonicalEncoder().encode(signed), as: UTF8.self)
        let copy = try JSONDecoder().decode(SignedManifest.self, from: Data(text.utf8))
        #expect(copy == signed)
        let other = text.replacing(#""outputDigest":"aa""#, with: #""outputDigest":"ab""#)
        let changed = try JSONDecoder().decode(SignedManifest.self, from: Data(other.utf8))
        #expect(!changed.isIntact)
    }

    @Test func `what is shown of a header has no value that did not stay`() throws {
        var slice = Self.slice()
        slice.set(
            .referencedSeriesSequence,
            items: [
                HeadSlice.item([(.seriesInstanceUID, .ui, "1.2.826.0.1.99.2")])
            ]
        )
        let output = try TestKeys.deidentifier().deidentify(slice.file)
        let changes = HeaderComparison.changes(from: slice.dataSet, to: output.dataSet)
        let report = DeidentificationReport(
            manifests: [],
            damagedStudies: [],
            quarantine: [.init(reason: "a<b", detail: "&", count: 2)],
            samples: [changes]
        )
        var search = LeakSearch()
        for word in [
            "Quillworth", "Zebedina", "KX-44018", "19410309", "20180214", "Quellgrund",
            "1.2.826.0.1.99", "ACC0031288",
        ] { search.add(word: word) }
        #expect(search.hits(in: Array((report.text + report.html).utf8)).isEmpty)
        #expect(changes.first { $0.path == "(0010,0010)" }?.action == .replaced)
        #expect(changes.first { $0.path == "(0018,0050)" }?.before == "5")
        #expect(changes.contains { $0.path == "(0008,1115)[1].(0020,000E)" })
        #expect(report.html.contains("a&lt;b"))
    }
}
