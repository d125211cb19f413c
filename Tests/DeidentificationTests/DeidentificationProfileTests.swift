import DICOM
import Deidentification
import Foundation
import Testing

@Suite struct DeidentificationProfileTests {
    @Test func `the training profile states what is carried out`() {
        let codes = DeidentificationProfile.training.options.map(\.rawValue).sorted()
        #expect(
            codes == [
                "113100", "113101", "113102", "113105", "113107", "113108", "113109", "113111",
            ]
        )
    }

    @Test func `a profile survives JSON and keeps its digest`() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let copy = try JSONDecoder().decode(
            DeidentificationProfile.self,
            from: encoder.encode(DeidentificationProfile.training)
        )
        #expect(copy == .training)
        #expect(copy.digest == DeidentificationProfile.training.digest)
        #expect(copy.digest.count == 64)
        let strict = try DeidentificationProfile(name: "strict", options: [])
        #expect(strict.digest != copy.digest)
    }

    @Test(arguments: DeidentificationProfile.Option.allCases)
    func `every option can be chosen by itself`(option: DeidentificationProfile.Option) throws {
        let profile = try DeidentificationProfile(name: "one", options: [option])
        #expect(profile.options == [.basicProfile, option])
    }

    @Test func `options that exclude each other are refused, not ignored`() {
        #expect(throws: DeidentificationError.self) {
            try DeidentificationProfile(
                name: "x",
                options: [.retainFullDates, .retainModifiedDates]
            )
        }
        #expect(throws: DeidentificationError.self) {
            try DeidentificationProfile(name: "Not Plain", options: [])
        }
    }

    @Test func `Table E 1-1 is whole`() {
        #expect(ConfidentialityTable.entries.count == 652)
        let name = ConfidentialityTable.entry(for: .patientName)
        #expect(name?.basicAction == "Z")
        let description = ConfidentialityTable.entry(for: .studyDescription)
        #expect(description?.optionActions[.cleanDescriptors] == "C")
    }

    @Test func `the basic profile alone drops what only options keep`() throws {
        let key = try DeidentificationKey(bytes: [UInt8](repeating: 9, count: 32))
        let basic = Deidentifier(
            profile: try DeidentificationProfile(name: "basic", options: []),
            key: key,
            toolVersion: "1"
        )
        var slice = HeadSlice()
        slice.set(.studyDescription, .lo, "CT HEAD")
        let output = try basic.deidentify(slice.file).dataSet
        #expect(output[.studyDescription] == nil)
        #expect(output[.patientAge] == nil)
        #expect(output[.studyDate]?.isEmpty == true)
        #expect(output[.patientSex]?.isEmpty == true)
        #expect(output[.burnedInAnnotation] == nil)
        #expect(output.items(.deidentificationMethodCodeSequence).count == 1)
        #expect(output.string(.sliceThickness) == "5")
    }
}
