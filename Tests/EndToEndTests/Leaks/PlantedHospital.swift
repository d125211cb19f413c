import DICOM
import Foundation
import HeadCT
import Yams

/// The identities that a simulated hospital of the demo planted in its files.
struct PlantedHospital {
    private struct Profile: Decodable {
        struct Source: Decodable { let simulation: SimulatedHospital }
        let id: String
        let source: Source
    }

    /// What stands in the hospital's files.
    let planted: PlantedIdentities

    /// Simulates the hospital of a profile again, to learn what it plants.
    init(profile: URL, seed: UInt64) throws {
        let text = try String(contentsOf: profile, encoding: .utf8)
        let read = try YAMLDecoder().decode(Profile.self, from: text)
        let place = FileManager.default.temporaryDirectory
            .appending(path: "planted-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: place) }
        let answers = place.appending(path: "planted.json")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        _ = try read.source.simulation.write(
            to: place.appending(path: "hospital"),
            siteID: read.id,
            seed: seed,
            plantedIdentities: answers
        )
        planted = try JSONDecoder().decode(
            PlantedIdentities.self,
            from: Data(contentsOf: answers)
        )
    }

    /// A search for all of them.
    ///
    /// Birth dates are left out: another patient's shifted date may equal one by chance.
    var scan: NeedleScan {
        var scan = NeedleScan()
        let characterSet = SpecificCharacterSet(terms: planted.characterSet)
        for needle in planted.needles where needle.kind != .birthDate {
            scan.add(needle.value, characterSet: characterSet)
        }
        return scan
    }
}
