import DICOM
import Foundation
import TestSupport

/// A real site's `phi.json`: every planted identifier, and where it stands.
struct AnswerKey {
    private struct File: Decodable {
        let pixels: Pixels?
        struct Pixels: Decodable {}
    }

    private struct Needle: Decodable {
        let value: String
        let kind: String
    }

    private struct Document: Decodable {
        let needles: [Needle]
        let files: [String: File]
    }

    /// The paths of the CT slices below the site's folder, ascending.
    let slices: [String]
    /// Slices with a name in their pixels.
    let burnedIn: Int
    private let document: Document

    /// Reads a site's answer key.
    init(_ site: String) throws {
        document = try JSONDecoder().decode(
            Document.self,
            from: Data(try SharedData.bytes("data/sites-real/\(site)/phi.json"))
        )
        let images = document.files.filter { $0.key.hasPrefix("dicom/") }
        slices = images.keys.sorted()
        burnedIn = images.values.count { $0.pixels != nil }
    }

    /// Kinds that are shifted or capped: another patient's new value may equal one by chance.
    private static let replaceable: Set<String> = ["date", "age"]
    /// Fewer bytes occur by chance in the pixels of a few hundred slices; headers are searched for
    /// them by the tests of `Deidentification`.
    private static let shortest = 7

    /// A search for all needles that are long enough.
    var scan: NeedleScan {
        var scan = NeedleScan()
        let characterSets =
            ["ISO_IR 100", "ISO_IR 101", "ISO_IR 192"].map { [$0] }
            + [["", "ISO 2022 IR 87"]]
        for needle in document.needles
        where !Self.replaceable.contains(needle.kind) && needle.value.utf8.count >= Self.shortest {
            for terms in characterSets {
                scan.add(needle.value, characterSet: SpecificCharacterSet(terms: terms))
            }
        }
        return scan
    }
}
