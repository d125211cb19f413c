import Foundation
import TestSupport

/// The examiner's answer key of one real site; only tests read it.
struct Truth: Decodable {
    struct Study: Decodable {
        let hemorrhage: Int
        let subtypes: [String]
        let lesion_volume_ml: Double
        let context: String?
        let reader_votes: [String: Int]?
        let majority_differs_from_mask: [String]?
    }

    struct Instance: Decodable {
        let study: String
        let hemorrhage: Int
        let subtypes: [String]
        let lesion_pixels: Int
        let lesion_pixels_by_subtype: [String: Int]
        let z_mm: Double
    }

    let studies: [String: Study]
    let instances: [String: Instance]

    init(site: String) throws {
        let bytes = try SharedData.bytes("data/sites-real/\(site)/truth.json")
        self = try JSONDecoder().decode(Truth.self, from: Data(bytes))
    }
}
